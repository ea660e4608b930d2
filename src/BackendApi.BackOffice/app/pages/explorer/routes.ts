import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, text } from "../../root";
import { searchOf } from "./query/options";

export interface ExplorerSearch {
  /** A list instead of the diagram. */
  view?: "list";
  /** The set that the diagram is about. */
  set?: string;
}

const explorerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/explorer",
  validateSearch: (search: Record<string, unknown>): ExplorerSearch => {
    const set = text(search["set"]);
    return { ...(search["view"] === "list" ? { view: "list" } : {}), ...(set ? { set } : {}) };
  },
  component: lazyRouteComponent(() => import("./ExplorerPage"), "ExplorerPage"),
});

const explorerSetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/explorer/$set",
  component: lazyRouteComponent(() => import("./SetPage"), "SetPage"),
});

const explorerQueryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/explorer/$set/query",
  validateSearch: searchOf,
  component: lazyRouteComponent(() => import("./query/QueryPage"), "QueryPage"),
});

export const explorerRoutes = [explorerRoute, explorerSetRoute, explorerQueryRoute] as const;
