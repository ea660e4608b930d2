import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, text } from "../../root";

const versionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/versions",
  validateSearch: (search: Record<string, unknown>): { alias?: string } => {
    const alias = text(search["alias"]);
    return alias ? { alias } : {};
  },
  component: lazyRouteComponent(() => import("./VersionsPage"), "VersionsPage"),
});

const versionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/versions/$alias/$number",
  params: { parse: ({ alias, number }) => ({ alias, number: Number(number) }), stringify: ({ alias, number }) => ({ alias, number: String(number) }) },
  validateSearch: (search: Record<string, unknown>): { to?: number } => (typeof search["to"] === "number" ? { to: search["to"] } : {}),
  component: lazyRouteComponent(() => import("./VersionPage"), "VersionPage"),
});

export const versionsRoutes = [versionsRoute, versionRoute] as const;
