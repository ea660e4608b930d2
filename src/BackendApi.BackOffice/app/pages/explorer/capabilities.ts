import type { EntitySet } from "../../api/model";

export interface Capability {
  what: string;
  isAllowed: boolean;
  detail?: string;
}

/** A row for each capability that the model may declare: its words, the term, the member that says yes or no, and the one that says more. */
const terms: readonly [what: string, term: string, member?: string, detail?: (value: Record<string, unknown>) => string | undefined][] = [
  ["Filter", "FilterRestrictions", "Filterable", (value) => except(value["NonFilterableProperties"])],
  ["Order", "SortRestrictions", "Sortable", (value) => except(value["NonSortableProperties"])],
  ["Search", "SearchRestrictions", "Searchable"],
  ["Count", "CountRestrictions", "Countable"],
  ["Show related entities", "ExpandRestrictions", "Expandable", (value) => (typeof value["MaxLevels"] === "number" ? `up to ${value["MaxLevels"]} levels` : undefined)],
  ["Compute", "ComputeSupported"],
  ["Create", "InsertRestrictions", "Insertable"],
  ["Change", "UpdateRestrictions", "Updatable"],
  ["Delete", "DeleteRestrictions", "Deletable"],
  ["Create with what is related", "DeepInsertSupport", "Supported"],
  ["Change with what is related", "DeepUpdateSupport", "Supported"],
  ["Follow changes", "ChangeTracking", "Supported"],
];

export function capabilitiesOf(set: EntitySet): Capability[] {
  return terms.flatMap(([what, term, member, detail]) => {
    const value = set.annotations[`Capabilities.${term}`];
    if (value === undefined) return [];
    const record = (typeof value === "object" ? value : {}) as Record<string, unknown>;
    const isAllowed = (member ? record[member] : value) !== false;
    const more = isAllowed ? detail?.(record) : undefined;
    return [{ what, isAllowed, ...(more ? { detail: more } : {}) }];
  });
}

/** What the restrictions of a set say of single properties. */
const exceptions = [
  ["FilterRestrictions", "NonFilterableProperties", "cannot be filtered"],
  ["SortRestrictions", "NonSortableProperties", "cannot be ordered"],
  ["InsertRestrictions", "NonInsertableProperties", "not set when created"],
  ["UpdateRestrictions", "NonUpdatableProperties", "not changed later"],
] as const;

export function exceptionsOf(set: EntitySet, property: string): string[] {
  return exceptions.flatMap(([term, member, words]) => {
    const restrictions = set.annotations[`Capabilities.${term}`] as Record<string, unknown> | undefined;
    return ((restrictions?.[member] ?? []) as string[]).includes(property) ? [words] : [];
  });
}

function except(properties: unknown): string | undefined {
  return Array.isArray(properties) && properties.length > 0 ? `but not ${properties.join(", ")}` : undefined;
}
