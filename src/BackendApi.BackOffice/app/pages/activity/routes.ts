import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { Range } from "../../api/statistics";
import { rootRoute, text } from "../../root";

/** What the charts show. An empty set or caller is what has none. */
export interface ActivitySearch {
  range?: Range | undefined;
  by?: "set" | "caller" | undefined;
  set?: string | undefined;
  caller?: string | undefined;
}

/** What is looked for in the audit log. Days are those of the reader. */
export interface AuditSearch {
  who?: string | undefined;
  set?: string | undefined;
  key?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

const parent = { getParentRoute: () => rootRoute };

export const activityRoutes = [
  createRoute({
    ...parent,
    path: "/activity",
    validateSearch: (search: Record<string, unknown>): ActivitySearch => {
      const [range, by, set, caller] = [search["range"], search["by"], search["set"], search["caller"]];
      return {
        ...(range === "hour" || range === "week" || range === "month" ? { range } : {}),
        ...(by === "set" || by === "caller" ? { by } : {}),
        ...(typeof set === "string" ? { set } : {}),
        ...(typeof caller === "string" ? { caller } : {}),
      };
    },
    component: lazyRouteComponent(() => import("./ActivityPage"), "ActivityPage"),
  }),
  createRoute({
    ...parent,
    path: "/audit",
    validateSearch: (search: Record<string, unknown>): AuditSearch =>
      Object.fromEntries((["who", "set", "key", "from", "to"] as const).flatMap((name) => (text(String(search[name] ?? "")) ? [[name, String(search[name])]] : []))),
    component: lazyRouteComponent(() => import("./AuditPage"), "AuditPage"),
  }),
  createRoute({ ...parent, path: "/audit/$id", component: lazyRouteComponent(() => import("./AuditEntryPage"), "AuditEntryPage") }),
  createRoute({ ...parent, path: "/state", component: lazyRouteComponent(() => import("./StatePage"), "StatePage") }),
  createRoute({
    ...parent,
    path: "/settings",
    validateSearch: (search: Record<string, unknown>): { search?: string | undefined } => (text(search["search"]) ? { search: text(search["search"]) } : {}),
    component: lazyRouteComponent(() => import("../settings/SettingsPage"), "SettingsPage"),
  }),
] as const;
