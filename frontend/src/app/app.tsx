import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createQueryClient } from "./query-client";
import { createAppRouter } from "./router";
import { cssVariables, theme } from "./theme";

const queryClient = createQueryClient(() => {
  // The shell asks for the session anew and leads to the sign-in page.
  queryClient.clear();
  void router.invalidate();
});
const router = createAppRouter(queryClient);
const colorScheme = localStorageColorSchemeManager({ key: "teksip.color-scheme" });

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>
          <Notifications position="top-right" />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
