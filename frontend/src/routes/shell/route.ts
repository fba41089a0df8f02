import { createRoute, redirect } from "@tanstack/react-router";
import { ApiError } from "@/lib/api-error";
import { sessionQuery } from "@/lib/session";
import { rootRoute } from "../root";
import { Shell } from "./shell";

/** Everything that needs somebody signed in. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  beforeLoad: async ({ context, location }) => {
    try {
      return { session: await context.queryClient.ensureQueryData(sessionQuery) };
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
      throw redirect({ to: "/sign-in", search: { return: location.href } });
    }
  },
  component: Shell,
});
