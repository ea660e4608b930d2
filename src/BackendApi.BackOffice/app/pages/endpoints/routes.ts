import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, text } from "../../root";

const endpointsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints",
  validateSearch: (search: Record<string, unknown>): { search?: string } => {
    const wanted = text(search["search"]);
    return wanted ? { search: wanted } : {};
  },
  component: lazyRouteComponent(() => import("./EndpointsPage"), "EndpointsPage"),
});

const newEndpointRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints/new",
  validateSearch: (search: Record<string, unknown>): { table?: string } => {
    const table = text(search["table"]);
    return table ? { table } : {};
  },
  component: lazyRouteComponent(() => import("./NewEndpointPage"), "NewEndpointPage"),
});

const endpointRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints/$alias",
  component: lazyRouteComponent(() => import("./EndpointPage"), "EndpointPage"),
});

export const endpointsRoutes = [endpointsRoute, newEndpointRoute, endpointRoute] as const;
