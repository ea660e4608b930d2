import { useIsFetching, useIsMutating } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import classes from "./Working.module.css";

/** A line along the top while anything is asked of the service. What is quick is over before it shows. */
export function Working() {
  const isAsking = useIsFetching() + useIsMutating() > 0;
  const isLoading = useRouterState({ select: (state) => state.isLoading });
  return isAsking || isLoading ? <div className={classes["line"]} role="progressbar" aria-label="Waiting for the service" /> : null;
}
