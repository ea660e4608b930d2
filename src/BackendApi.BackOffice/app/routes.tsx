import { useSuspenseQuery, type QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, Navigate } from "@tanstack/react-router";
import { modelQuery } from "./api/model";
import { accessRoutes } from "./pages/access/routes";
import { activityRoutes } from "./pages/activity/routes";
import { endpointsRoutes } from "./pages/endpoints/routes";
import { entitySetsRoutes } from "./pages/entity-sets/routes";
import { explorerRoutes } from "./pages/explorer/routes";
import { transferRoutes } from "./pages/transfer/routes";
import { versionsRoutes } from "./pages/versions/routes";
import { rootRoute } from "./root";
import { destinationsIn } from "./shell/navigation";
import { Failure, Pending } from "./shell/Outcomes";

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: Start,
});

const routeTree = rootRoute.addChildren([indexRoute, ...endpointsRoutes, ...versionsRoutes, ...transferRoutes, ...explorerRoutes, ...entitySetsRoutes, ...accessRoutes, ...activityRoutes]);

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

/** The first page that the caller has a use for. */
function Start() {
  const { data: model } = useSuspenseQuery(modelQuery);
  return <Navigate to={destinationsIn(model)[0]?.to ?? "/account"} replace />;
}
