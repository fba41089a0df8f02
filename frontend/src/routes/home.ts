import { createRoute, redirect } from "@tanstack/react-router";
import { homeTenant } from "@/lib/home-tenant";
import { shellRoute } from "./shell/route";

export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "/",
  beforeLoad: ({ context }) => {
    const tenant = homeTenant(context.session);
    throw tenant
      ? redirect({ to: "/t/$tenant", params: { tenant }, replace: true })
      : redirect({ to: "/tenants", replace: true });
  },
});
