import { text } from "../../../root";
import { isWithin } from "./mistakes";

/** The parts of the editor, and the members of a document that each is in charge of. What no other shows, the whole text does. */
export const tabs = [
  { name: "fields", label: "Fields", members: ["fields"] },
  { name: "names", label: "Names and rights", members: ["alias", "entitySet", "table", "description", "allow", "isActive"] },
  { name: "keys", label: "Keys", members: ["key", "alternateKeys", "concurrency", "requireETag"] },
  { name: "rows", label: "Rows", members: ["filter", "search", "rules", "trackChanges", "isSingleton"] },
  { name: "relations", label: "Relations", members: ["relations"] },
  { name: "try", label: "Try it", members: [] },
  { name: "json", label: "JSON", members: [] },
] as const;

export type TabName = (typeof tabs)[number]["name"];

export function tabOf(path: string): TabName {
  return tabs.find((tab) => tab.members.some((member) => isWithin(path, member)))?.name ?? "json";
}

/** Where somebody is in the editor: a part of the page's address. */
export interface Place {
  tab?: TabName;
  /** The column whose rules are shown. */
  field?: string;
}

export function placeOf(search: { tab?: unknown; field?: unknown }): Place {
  const tab = tabs.find((each) => each.name === search.tab)?.name;
  const field = text(search.field);
  return { ...(tab ? { tab } : {}), ...(field ? { field } : {}) };
}
