import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Shell } from "./shell/Shell";
import { Failure, NotFound, Pending } from "./shell/Outcomes";

/** Every page and its state has an address: a page's search parameters are what a link to it keeps. */
const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Shell, notFoundComponent: NotFound });

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/endpoints" });
  },
});

const text = (value: unknown) => (typeof value === "string" && value.length > 0 ? value : undefined);

const endpointsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints",
  validateSearch: (search: Record<string, unknown>): { search?: string } => {
    const wanted = text(search["search"]);
    return wanted ? { search: wanted } : {};
  },
  component: lazyRouteComponent(() => import("./pages/endpoints/EndpointsPage"), "EndpointsPage"),
});

const newEndpointRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints/new",
  validateSearch: (search: Record<string, unknown>): { table?: string } => {
    const table = text(search["table"]);
    return table ? { table } : {};
  },
  component: lazyRouteComponent(() => import("./pages/endpoints/NewEndpointPage"), "NewEndpointPage"),
});

const endpointRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/endpoints/$alias",
  component: lazyRouteComponent(() => import("./pages/endpoints/EndpointPage"), "EndpointPage"),
});

const versionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/versions",
  validateSearch: (search: Record<string, unknown>): { alias?: string } => {
    const alias = text(search["alias"]);
    return alias ? { alias } : {};
  },
  component: lazyRouteComponent(() => import("./pages/versions/VersionsPage"), "VersionsPage"),
});

const versionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/versions/$alias/$number",
  params: { parse: ({ alias, number }) => ({ alias, number: Number(number) }), stringify: ({ alias, number }) => ({ alias, number: String(number) }) },
  validateSearch: (search: Record<string, unknown>): { to?: number } => (typeof search["to"] === "number" ? { to: search["to"] } : {}),
  component: lazyRouteComponent(() => import("./pages/versions/VersionPage"), "VersionPage"),
});

const transferRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/transfer",
  component: lazyRouteComponent(() => import("./pages/transfer/TransferPage"), "TransferPage"),
});

const setsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/data",
  component: lazyRouteComponent(() => import("./pages/entity-sets/SetsPage"), "SetsPage"),
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
  component: lazyRouteComponent(() => import("./pages/entity-sets/GridPage"), "GridPage"),
});

const routeTree = rootRoute.addChildren([indexRoute, endpointsRoute, newEndpointRoute, endpointRoute, versionsRoute, versionRoute, transferRoute, setsRoute, gridRoute]);

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    basepath: new URL(document.baseURI).pathname,
    context: { queries },
    defaultPreload: "intent",
    defaultPendingComponent: Pending,
    defaultErrorComponent: ({ error, reset }) => <Failure error={error instanceof Error ? error : new Error(String(error))} reset={reset} />,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
