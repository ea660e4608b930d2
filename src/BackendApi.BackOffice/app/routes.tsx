import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, redirect } from "@tanstack/react-router";
import { endpointsRoutes } from "./pages/endpoints/routes";
import { entitySetsRoutes } from "./pages/entity-sets/routes";
import { explorerRoutes } from "./pages/explorer/routes";
import { transferRoutes } from "./pages/transfer/routes";
import { versionsRoutes } from "./pages/versions/routes";
import { rootRoute } from "./root";
import { Failure, Pending } from "./shell/Outcomes";

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/endpoints" });
  },
});

const routeTree = rootRoute.addChildren([indexRoute, ...endpointsRoutes, ...versionsRoutes, ...transferRoutes, ...explorerRoutes, ...entitySetsRoutes]);

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
