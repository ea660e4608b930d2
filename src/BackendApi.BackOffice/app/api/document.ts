/**
 * A configuration document, as files and `DataExchangeConfigurations` take it (docs/reference/definition.md). What is left out, the database's catalogue decides.
 * A document may hold more than these types say: whatever is not changed here stays.
 */
export interface ConfigurationDocument {
  alias: string;
  entitySet?: string;
  table: string;
  isActive?: boolean;
  isSingleton?: boolean;
  key?: readonly string[];
  allow?: Allow;
  description?: string;
  fields?: readonly Field[];
  alternateKeys?: readonly (readonly string[])[];
  concurrency?: string;
  requireETag?: boolean;
  search?: readonly string[];
  filter?: string;
  trackChanges?: boolean;
  rules?: readonly Rule[];
  relations?: readonly Relation[];
}

export interface Allow {
  create?: boolean;
  update?: boolean;
  delete?: boolean;
}

export interface Field {
  column: string;
  name?: string;
  alias?: string;
  type?: string;
  isCreatable?: boolean;
  isEditable?: boolean;
  description?: string;
  example?: string;
  members?: readonly (EnumMember | string)[];
  isFlags?: boolean;
  items?: readonly Item[];
  precision?: number;
  scale?: number;
  validation?: Validation;
  transform?: readonly (Transform | string)[];
}

export interface EnumMember {
  name: string;
  value?: string;
}

export interface Item {
  name: string;
  type: string;
}

export interface Validation {
  isRequired?: boolean;
  min?: number;
  max?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: readonly string[];
  format?: string;
  precision?: number;
  scale?: number;
  references?: string;
}

/** One of its members is there. */
export interface Transform {
  step?: string;
  default?: string | number | boolean;
  constant?: string | number | boolean;
  lookup?: { set: string; by: string };
  compute?: string;
}

export interface Rule {
  expression: string;
  message: string;
}

export interface Relation {
  name: string;
  alias?: string;
  target: string;
  multiplicity?: string;
  isEditable?: boolean;
  on?: readonly ColumnPair[];
  through?: Through;
}

export interface Through {
  table: string;
  on: readonly ColumnPair[];
  to: readonly ColumnPair[];
}

export interface ColumnPair {
  column: string;
  targetColumn: string;
}

/** A copy with other members; undefined takes one away. */
export function altered<T extends object>(value: T, changes: { [Name in keyof T]?: T[Name] | undefined }): T {
  return Object.fromEntries(Object.entries({ ...value, ...changes }).filter(([, member]) => member !== undefined)) as T;
}

/** A copy of a list with another item; undefined takes it away. */
export function replaced<T>(list: readonly T[], index: number, item: T | undefined): readonly T[] {
  return item === undefined ? list.filter((_, at) => at !== index) : list.map((each, at) => (at === index ? item : each));
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  if (isObject(one) && isObject(other)) return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => isSame(one[name], other[name]));
  return one === other;
}

/** What makes one document of another (RFC 7396): only members that differ, and null for what goes. */
export function patchOf(stored: object, wanted: object): Json {
  const [before, after] = [stored as Json, wanted as Json];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isSame(before[name], after[name]));
  return Object.fromEntries(names.map((name) => [name, changeOf(before[name], after[name])]));
}

function changeOf(before: unknown, after: unknown): unknown {
  if (after === undefined) return null;
  return isObject(before) && isObject(after) ? patchOf(before, after) : after;
}

/** What two have made of one document: the changes of both. */
export interface Rebased<T> {
  document: T;
  /** Places that both have changed, each in another way: there it is as mine. */
  conflicts: readonly string[];
}

export function rebase<T extends object>(base: T, mine: T, theirs: T): Rebased<T> {
  const conflicts: string[] = [];
  return { document: rebaseAt("", base, mine, theirs, conflicts) as T, conflicts };
}

function rebaseAt(path: string, base: unknown, mine: unknown, theirs: unknown, conflicts: string[]): unknown {
  if (isSame(mine, base)) return theirs;
  if (isSame(theirs, base) || isSame(mine, theirs)) return mine;
  const [before, own, other] = [membersOf(base), membersOf(mine), membersOf(theirs)];
  if (!before || !own || !other || Array.isArray(mine) !== Array.isArray(theirs)) {
    conflicts.push(path);
    return mine;
  }
  const members = [...new Set([...own.keys(), ...other.keys()])]
    .map((name) => [name, rebaseAt(path ? `${path}.${name}` : name, before.get(name), own.get(name), other.get(name), conflicts)] as const)
    .filter(([, value]) => value !== undefined);
  return Array.isArray(mine) ? members.map(([, value]) => value) : Object.fromEntries(members);
}

/** Items of a list are known by their column or name. A list of anything else is one value. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (isObject(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value)) return undefined;
  const members = new Map(value.map((item: unknown) => [isObject(item) ? String(item["column"] ?? item["name"]) : "undefined", item]));
  return members.size === value.length && !members.has("undefined") ? members : undefined;
}

type Shape = "object" | "texts" | "lists" | { items: Shapes } | { object: Shapes };
interface Shapes {
  [member: string]: Shape;
}

const field: Shapes = { members: "lists", items: { items: {} }, validation: { object: { enum: "texts" } }, transform: "lists" };
const relation: Shapes = { on: { items: {} }, through: { object: { on: { items: {} }, to: { items: {} } } } };
const shapes: Shapes = {
  key: "texts",
  allow: "object",
  fields: { items: field },
  alternateKeys: "lists",
  search: "texts",
  rules: { items: {} },
  relations: { items: relation },
};

/** Reads text that somebody writes. What is a mistake of the document's meaning the service says; here it is only made sure that a form can show it. */
export function parse(text: string): ConfigurationDocument {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new SyntaxError("A configuration document is an object: {…}.");
  for (const name of ["alias", "table"]) if (typeof value[name] !== "string") throw new SyntaxError(`“${name}” is missing, or no text.`);
  check(value, shapes, "");
  return value as unknown as ConfigurationDocument;
}

function check(value: Json, members: Shapes, path: string): void {
  for (const [name, shape] of Object.entries(members)) {
    const member = value[name];
    if (member === undefined) continue;
    const place = `${path}${name}`;
    if (shape === "object" || (typeof shape === "object" && "object" in shape)) {
      if (!isObject(member)) throw new SyntaxError(`“${place}” is an object: {…}.`);
      if (shape !== "object") check(member, shape.object, `${place}.`);
    } else {
      if (!Array.isArray(member)) throw new SyntaxError(`“${place}” is a list: […].`);
      if (shape === "texts" && !member.every((item) => typeof item === "string")) throw new SyntaxError(`“${place}” is a list of texts.`);
      if (typeof shape === "object")
        member.forEach((item: unknown, index) => {
          if (!isObject(item)) throw new SyntaxError(`“${place}[${index}]” is an object: {…}.`);
          check(item, shape.items, `${place}[${index}].`);
        });
    }
  }
}
