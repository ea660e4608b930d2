import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, text } from "../../root";
import { placeOf, type Place } from "./editor/tabs";

type Search = Record<string, unknown>;

const endpointsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints",
  validateSearch: (search: Search): { search?: string; state?: "active" | "inactive" | "problem" } => {
    const wanted = text(search["search"]);
    const state = (["active", "inactive", "problem"] as const).find((each) => each === search["state"]);
    return { ...(wanted ? { search: wanted } : {}), ...(state ? { state } : {}) };
  },
  component: lazyRouteComponent(() => import("./EndpointsPage"), "EndpointsPage"),
});

const newEndpointRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints/new",
  validateSearch: (search: Search): NewEndpointSearch => {
    const [table, wanted, preview] = [text(search["table"]), text(search["search"]), text(search["preview"])];
    const tables = Array.isArray(search["tables"]) ? search["tables"].filter((each) => typeof each === "string") : [];
    return {
      ...placeOf(search),
      ...(table ? { table } : {}),
      ...(wanted ? { search: wanted } : {}),
      ...(preview ? { preview } : {}),
      ...(tables.length > 0 ? { tables } : {}),
      ...(search["step"] === "names" ? { step: "names" } : {}),
    };
  },
  component: lazyRouteComponent(() => import("./NewEndpointPage"), "NewEndpointPage"),
});

/** Where somebody is who makes endpoints: choosing tables, naming many, or in the editor of one. */
export interface NewEndpointSearch extends Place {
  table?: string;
  tables?: readonly string[];
  step?: "names";
  search?: string;
  preview?: string;
}

const endpointRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints/$alias",
  validateSearch: (search: Search): Place => placeOf(search),
  component: lazyRouteComponent(() => import("./EndpointPage"), "EndpointPage"),
});

export const endpointsRoutes = [endpointsRoute, newEndpointRoute, endpointRoute] as const;
