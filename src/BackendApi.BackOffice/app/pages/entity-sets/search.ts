import { text } from "../../root";
import type { Condition } from "./conditions";

/** What the address of a grid keeps. */
export interface GridSearch {
  /** What a navigation leads to, in place of the whole set: `Customers(1)/Orders`. */
  of?: string;
  search?: string;
  where?: readonly Condition[];
  filter?: string;
  orderBy?: string;
  /** Names with commas between them. */
  columns?: string;
}

/** What is undefined goes. */
export type GridSearchChanges = { [Name in keyof GridSearch]: GridSearch[Name] | undefined };

export function gridSearch(search: Record<string, unknown>): GridSearch {
  const found: GridSearch = {};
  for (const name of ["of", "search", "filter", "orderBy", "columns"] as const) {
    const value = text(search[name]);
    if (value) found[name] = value;
  }
  // A row and its navigation, and nothing that leads elsewhere.
  if (found.of && !/^[\p{L}\p{N}_]+\([^/]*\)\/[\p{L}\p{N}_]+$/u.test(found.of)) delete found.of;
  const where = Array.isArray(search["where"]) ? search["where"].filter(isCondition) : [];
  return where.length > 0 ? { ...found, where } : found;
}

function isCondition(value: unknown): value is Condition {
  const condition = value as Partial<Condition> | null;
  return typeof condition?.property === "string" && typeof condition.is === "string" && (condition.value === undefined || typeof condition.value === "string");
}
