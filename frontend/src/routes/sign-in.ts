import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { searchText } from "@/lib/search-params";
import { rootRoute } from "./root";

const searchSchema = z.object({ return: searchText });

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "sign-in",
  validateSearch: (search) => searchSchema.parse(search),
  component: lazyRouteComponent(() => import("@/features/account/sign-in-page"), "SignInPage"),
});
