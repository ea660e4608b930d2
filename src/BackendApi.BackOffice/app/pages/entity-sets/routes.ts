import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../root";
import { gridSearch } from "./search";

const setsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data",
  component: lazyRouteComponent(() => import("./SetsPage"), "SetsPage"),
});

const gridRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data/$set",
  validateSearch: gridSearch,
  component: lazyRouteComponent(() => import("./GridPage"), "GridPage"),
});

/** No key is called so: those of texts are in quotes. */
const newRowRoute = createRoute({
  getParentRoute: () => gridRoute,
  path: "/new",
  component: lazyRouteComponent(() => import("./NewRowPage"), "NewRowPage"),
});

const rowRoute = createRoute({
  getParentRoute: () => gridRoute,
  path: "/$key",
  component: lazyRouteComponent(() => import("./RowPage"), "RowPage"),
});

export const entitySetsRoutes = [setsRoute, gridRoute.addChildren([newRowRoute, rowRoute])] as const;
