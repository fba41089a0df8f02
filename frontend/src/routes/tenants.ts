import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { tenantsQuery, tenantsSearch } from "@/features/tenants/queries";
import { shellRoute } from "./shell/route";

export const tenantsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "tenants",
  validateSearch: (search) => tenantsSearch.parse(search),
  beforeLoad: ({ context }) => {
    if (context.session.role !== "operator") throw redirect({ to: "/", replace: true });
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queryClient.ensureQueryData(tenantsQuery(deps)),
  component: lazyRouteComponent(() => import("@/features/tenants/tenants-page"), "TenantsPage"),
});
