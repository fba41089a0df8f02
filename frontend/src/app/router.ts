import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { PageSkeleton } from "@/components/page-skeleton";
import { parseSearch, stringifySearch } from "@/lib/search-text";
import { homeRoute } from "@/routes/home";
import { MissingPage } from "@/routes/missing-page";
import { rootRoute } from "@/routes/root";
import { RouteError } from "@/routes/route-error";
import { shellRoute } from "@/routes/shell/route";
import { signInRoute } from "@/routes/sign-in";
import { systemRoute } from "@/routes/system";
import * as tenant from "@/routes/tenant";
import { tenantsRoute } from "@/routes/tenants";

const routeTree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([
    homeRoute,
    tenantsRoute,
    systemRoute,
    tenant.tenantRoute.addChildren([
      tenant.overviewRoute,
      tenant.extensionsRoute,
      tenant.registrationsRoute,
      tenant.callsRoute,
      tenant.historyRoute,
      tenant.recordingsRoute,
      tenant.eventsRoute,
      tenant.destinationsRoute,
      tenant.routesRoute,
      tenant.securityRoute,
      tenant.soundsRoute,
      tenant.settingsRoute,
    ]),
  ]),
]);

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    basepath: "/console",
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 250,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: MissingPage,
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
