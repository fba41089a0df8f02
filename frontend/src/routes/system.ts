import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { systemEventsQuery, systemSearch } from "@/features/system/queries";
import { shellRoute } from "./shell/route";

export const systemRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "system",
  validateSearch: (search) => systemSearch.parse(search),
  beforeLoad: ({ context }) => {
    if (context.session.role !== "operator") throw redirect({ to: "/", replace: true });
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) =>
    context.queryClient.ensureQueryData(systemEventsQuery(deps.cursor)),
  component: lazyRouteComponent(() => import("@/features/system/system-page"), "SystemPage"),
});
