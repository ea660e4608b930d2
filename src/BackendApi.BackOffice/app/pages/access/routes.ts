import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, text } from "../../root";

/** What a list shows: what it was searched for, and which page of it. */
export interface ListSearch {
  search?: string;
  page?: number;
}

function listSearch(search: Record<string, unknown>): ListSearch {
  const [wanted, page] = [text(search["search"]), Number(search["page"])];
  return { ...(wanted ? { search: wanted } : {}), ...(Number.isInteger(page) && page > 1 ? { page } : {}) };
}

/** What a page of somebody shows: the settings, or the rights that follow from them. */
function tabSearch(search: Record<string, unknown>): { tab?: "rights" } {
  return search["tab"] === "rights" ? { tab: "rights" } : {};
}

const parent = { getParentRoute: () => rootRoute };

export const accessRoutes = [
  createRoute({ ...parent, path: "/users", validateSearch: listSearch, component: lazyRouteComponent(() => import("./UsersPage"), "UsersPage") }),
  createRoute({ ...parent, path: "/users/new", component: lazyRouteComponent(() => import("./NewUserPage"), "NewUserPage") }),
  createRoute({ ...parent, path: "/users/$name", validateSearch: tabSearch, component: lazyRouteComponent(() => import("./UserPage"), "UserPage") }),
  createRoute({ ...parent, path: "/roles", validateSearch: listSearch, component: lazyRouteComponent(() => import("./RolesPage"), "RolesPage") }),
  createRoute({ ...parent, path: "/roles/new", component: lazyRouteComponent(() => import("./NewRolePage"), "NewRolePage") }),
  createRoute({
    ...parent,
    path: "/roles/$name",
    validateSearch: (search: Record<string, unknown>): { search?: string; set?: string } => {
      const [wanted, set] = [text(search["search"]), text(search["set"])];
      return { ...(wanted ? { search: wanted } : {}), ...(set ? { set } : {}) };
    },
    component: lazyRouteComponent(() => import("./RolePage"), "RolePage"),
  }),
  createRoute({ ...parent, path: "/keys", validateSearch: listSearch, component: lazyRouteComponent(() => import("./KeysPage"), "KeysPage") }),
  createRoute({ ...parent, path: "/keys/new", component: lazyRouteComponent(() => import("./NewKeyPage"), "NewKeyPage") }),
  createRoute({ ...parent, path: "/keys/$name", validateSearch: tabSearch, component: lazyRouteComponent(() => import("./KeyPage"), "KeyPage") }),
  createRoute({ ...parent, path: "/clients", validateSearch: listSearch, component: lazyRouteComponent(() => import("./ClientsPage"), "ClientsPage") }),
  createRoute({ ...parent, path: "/clients/new", component: lazyRouteComponent(() => import("./NewClientPage"), "NewClientPage") }),
  createRoute({ ...parent, path: "/clients/$id", validateSearch: tabSearch, component: lazyRouteComponent(() => import("./ClientPage"), "ClientPage") }),
  createRoute({ ...parent, path: "/account", validateSearch: tabSearch, component: lazyRouteComponent(() => import("../account/AccountPage"), "AccountPage") }),
] as const;
