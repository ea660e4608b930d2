import type { Permission } from "../../api/access";
import type { Change } from "../../api/batch";
import { keyText, type Stored } from "../../api/entities";
import type { Model } from "../../api/model";
import type { Verb } from "./scopes";

/** Stands for every set that is not named itself. */
export const everySet = "*";

/** What is granted on each set, as it is ticked. */
export type Grants = ReadonlyMap<string, Permission>;

export const flags = { read: "CanRead", create: "CanCreate", update: "CanUpdate", delete: "CanDelete", execute: "CanExecute" } as const satisfies Record<Verb, keyof Permission>;

export const isAll = (mask: readonly string[]) => mask.includes("*");

export const nothingOn = (set: string): Permission => ({
  EntitySet: set,
  CanRead: false,
  CanCreate: false,
  CanUpdate: false,
  CanDelete: false,
  CanExecute: false,
  Readable: ["*"],
  Writable: ["*"],
  RowFilter: null,
});

export const grantsOf = (stored: readonly Stored<Permission>[]): Grants => new Map(stored.map(({ EntitySet, CanRead, CanCreate, CanUpdate, CanDelete, CanExecute, Readable, Writable, RowFilter }) => [EntitySet, { EntitySet, CanRead, CanCreate, CanUpdate, CanDelete, CanExecute, Readable, Writable, RowFilter }]));

export const grants = (permission: Permission) => Object.values(flags).some((flag) => permission[flag]);

/** Whether more is said than which verbs. */
export const isNarrowed = ({ Readable, Writable, RowFilter }: Permission) => !isAll(Readable) || !isAll(Writable) || RowFilter !== null;

/** A row of the grid. */
export interface Subject {
  name: string;
  kind: "every" | "set" | "operation" | "gone";
  description?: string | undefined;
}

/** Open to every caller, whatever a role says: what is the caller's own. */
const forEveryone = new Set(["MyPermissions", "MyLimits", "ChangePassword", "BeginSecondFactor", "ConfirmSecondFactor", "EndSecondFactor", "SignOutEverywhere"]);

/** The functions and actions that are called by their own name, and so granted by it. */
export const operationsOf = (model: Model): readonly string[] => [...new Set(model.operations.flatMap((each) => (each.binding || forEveryone.has(each.name) ? [] : [each.name])))];

/** Everything that can be granted: all sets together, each set, each operation; and what was granted and is not published any more. */
export function subjectsOf(model: Model, stored: readonly Permission[]): readonly Subject[] {
  const operations = operationsOf(model);
  const known = new Set([everySet, ...model.sets.map((set) => set.name), ...operations]);
  return [
    { name: everySet, kind: "every" },
    ...model.sets.map(({ name, description }): Subject => ({ name, kind: "set", description })),
    ...operations.map((name): Subject => ({ name, kind: "operation" })),
    ...stored.filter((each) => !known.has(each.EntitySet)).map((each): Subject => ({ name: each.EntitySet, kind: "gone" })),
  ];
}

/** An operation is executed, and nothing else. */
export const canBeGranted = (subject: Subject, verb: Verb) => subject.kind !== "operation" || verb === "execute";

/** Ticks or clears verbs of sets at once. */
export function withVerbs(all: Grants, subjects: readonly Subject[], verbs: readonly Verb[], isGranted: boolean): Grants {
  const next = new Map(all);
  for (const subject of subjects) {
    const changed = { ...(next.get(subject.name) ?? nothingOn(subject.name)) };
    for (const verb of verbs) if (canBeGranted(subject, verb)) changed[flags[verb]] = isGranted;
    next.set(subject.name, changed);
  }
  return next;
}

/** What makes the stored permissions of a role those that are ticked. */
export function changesOf(role: string, stored: readonly Stored<Permission>[], wanted: Grants): readonly Change[] {
  const before = grantsOf(stored);
  const etags = new Map(stored.map((each) => [each.EntitySet, each["@odata.etag"]]));
  return [...wanted.values()].flatMap((permission): readonly Change[] => {
    const url = `Permissions(RoleName=${keyText(role)},EntitySet=${keyText(permission.EntitySet)})`;
    const known = before.get(permission.EntitySet);
    const etag = etags.get(permission.EntitySet) ?? "*";
    if (!known) return grants(permission) ? [{ method: "POST", url: "Permissions", body: { RoleName: role, ...permission } }] : [];
    if (!grants(permission)) return [{ method: "DELETE", url, etag }];
    const { EntitySet: _, ...values } = permission;
    return JSON.stringify(known) === JSON.stringify(permission) ? [] : [{ method: "PATCH", url, etag, body: values }];
  });
}
