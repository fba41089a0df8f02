import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { tenantsQuery, tenantsSearch } from "@/features/tenants/queries";
import { shellRoute } from "./shell/route";

export const tenantsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "tenants",
  validateSearch: (search) => tenantsSearch.parse(search),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => context.queryClient.ensureQueryData(tenantsQuery(deps)),
  component: lazyRouteComponent(() => import("@/features/tenants/tenants-page"), "TenantsPage"),
});
