import { useLocalStorage } from "@mantine/hooks";
import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/http";
import { steps } from "./steps";

/** Where a user is in the tour: offered, at a step, or over, taken or not. Nothing before it was ever offered. */
export type Progress = "offered" | "over" | number;

const keyOf = (userName: string) => `back-office-tour ${userName}`;

/** To whoever signs in here for the first time; not to who has seen it. */
export function offerTour(userName: string): void {
  if (localStorage.getItem(keyOf(userName)) === null) localStorage.setItem(keyOf(userName), JSON.stringify("offered" satisfies Progress));
}

/** Kept in this browser: the tour goes on after a reload, and is over for good when it was left. */
export function useTourProgress(userName: string): readonly [Progress | null, (progress: Progress) => void] {
  const [stored, store] = useLocalStorage<Progress | null>({ key: keyOf(userName), defaultValue: null, getInitialValueInEffect: false });
  const isKnown = stored === null || stored === "offered" || stored === "over" || (typeof stored === "number" && stored in steps);
  return [isKnown ? stored : "over", store];
}

/** The tour leads through the demo shop: what published it says so in the history. */
export const isDemoShopQuery = queryOptions({
  queryKey: ["tour", "demo shop"],
  // Asked by the frame of every page, which does without the generated client.
  queryFn: async ({ signal }) => (await read<{ value: readonly unknown[] }>("odata/DataExchangeConfigurationVersions?$filter=Comment eq 'Demo shop'&$select=Number&$top=1", signal)).value.length > 0,
  staleTime: Infinity,
});
