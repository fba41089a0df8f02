import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { historyQuery } from "@/features/calls/history-queries";
import { historySearch } from "@/features/calls/history-search";
import { callsQuery } from "@/features/calls/queries";
import { destinationsQuery } from "@/features/destinations/queries";
import { routesQuery } from "@/features/dial-plan/queries";
import { eventsQuery, eventsSearch } from "@/features/events/queries";
import { extensionsQuery, extensionsSearch } from "@/features/extensions/queries";
import { countersQuery, overviewSearch } from "@/features/overview/queries";
import { recordingsQuery } from "@/features/recordings/queries";
import { registrationsQuery, registrationsSearch } from "@/features/registrations/queries";
import { filtersQuery } from "@/features/security/queries";
import { settingsQuery } from "@/features/settings/queries";
import { soundsQuery } from "@/features/sounds/queries";
import { callFilter } from "@/lib/call-filter";
import { rememberTenant } from "@/lib/home-tenant";
import { tenantQuery } from "@/lib/tenant";
import { shellRoute } from "./shell/route";

export const tenantRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "t/$tenant",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(tenantQuery(params.tenant)),
  onEnter: ({ params }) => rememberTenant(params.tenant),
});

const child = { getParentRoute: () => tenantRoute } as const;

export const overviewRoute = createRoute({
  ...child,
  path: "/",
  validateSearch: (search) => overviewSearch.parse(search),
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(countersQuery(params.tenant)),
  component: lazyRouteComponent(() => import("@/features/overview/overview-page"), "OverviewPage"),
});

export const extensionsRoute = createRoute({
  ...child,
  path: "extensions",
  validateSearch: (search) => extensionsSearch.parse(search),
  loaderDeps: ({ search: { prefix, cursor } }) => ({ prefix, cursor }),
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(extensionsQuery(params.tenant, deps)),
  component: lazyRouteComponent(
    () => import("@/features/extensions/extensions-page"),
    "ExtensionsPage",
  ),
});

export const registrationsRoute = createRoute({
  ...child,
  path: "registrations",
  validateSearch: (search) => registrationsSearch.parse(search),
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(registrationsQuery(params.tenant, deps)),
  component: lazyRouteComponent(
    () => import("@/features/registrations/registrations-page"),
    "RegistrationsPage",
  ),
});

export const callsRoute = createRoute({
  ...child,
  path: "calls",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(callsQuery(params.tenant)),
  component: lazyRouteComponent(() => import("@/features/calls/calls-page"), "CallsPage"),
});

export const historyRoute = createRoute({
  ...child,
  path: "history",
  validateSearch: (search) => historySearch.parse(search),
  loaderDeps: ({ search: { call: _open, ...filter } }) => filter,
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(historyQuery(params.tenant, deps)),
  component: lazyRouteComponent(() => import("@/features/calls/history-page"), "HistoryPage"),
});

export const recordingsRoute = createRoute({
  ...child,
  path: "recordings",
  validateSearch: (search) => callFilter.parse(search),
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(recordingsQuery(params.tenant, deps)),
  component: lazyRouteComponent(
    () => import("@/features/recordings/recordings-page"),
    "RecordingsPage",
  ),
});

export const eventsRoute = createRoute({
  ...child,
  path: "events",
  validateSearch: (search) => eventsSearch.parse(search),
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(eventsQuery(params.tenant, deps.cursor)),
  component: lazyRouteComponent(() => import("@/features/events/events-page"), "EventsPage"),
});

export const destinationsRoute = createRoute({
  ...child,
  path: "destinations",
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(destinationsQuery(params.tenant)),
  component: lazyRouteComponent(
    () => import("@/features/destinations/destinations-page"),
    "DestinationsPage",
  ),
});

export const routesRoute = createRoute({
  ...child,
  path: "routes",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(routesQuery(params.tenant)),
  component: lazyRouteComponent(() => import("@/features/dial-plan/routes-page"), "RoutesPage"),
});

export const securityRoute = createRoute({
  ...child,
  path: "security",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(filtersQuery(params.tenant)),
  component: lazyRouteComponent(() => import("@/features/security/security-page"), "SecurityPage"),
});

export const soundsRoute = createRoute({
  ...child,
  path: "sounds",
  loader: ({ context, params }) => context.queryClient.ensureQueryData(soundsQuery(params.tenant)),
  component: lazyRouteComponent(() => import("@/features/sounds/sounds-page"), "SoundsPage"),
});

export const settingsRoute = createRoute({
  ...child,
  path: "settings",
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(settingsQuery(params.tenant)),
  component: lazyRouteComponent(() => import("@/features/settings/settings-page"), "SettingsPage"),
});
