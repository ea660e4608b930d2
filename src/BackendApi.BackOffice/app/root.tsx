import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext } from "@tanstack/react-router";
import { NotFound } from "./shell/Outcomes";
import { Shell } from "./shell/Shell";

/** Every page and its state has an address: a page's search parameters are what a link to it keeps. */
export const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Shell, notFoundComponent: NotFound });

/** A search parameter that is text, and not empty. */
export const text = (value: unknown) => (typeof value === "string" && value.length > 0 ? value : undefined);
