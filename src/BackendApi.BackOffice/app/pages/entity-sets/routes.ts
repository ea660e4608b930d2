import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, text } from "../../root";

const setsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data",
  component: lazyRouteComponent(() => import("./SetsPage"), "SetsPage"),
});

interface GridSearch {
  filter?: string;
  orderBy?: string;
}

const gridRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data/$set",
  validateSearch: (search: Record<string, unknown>): GridSearch => {
    const filter = text(search["filter"]);
    const orderBy = text(search["orderBy"]);
    return { ...(filter ? { filter } : {}), ...(orderBy ? { orderBy } : {}) };
  },
  component: lazyRouteComponent(() => import("./GridPage"), "GridPage"),
});

export const entitySetsRoutes = [setsRoute, gridRoute] as const;
