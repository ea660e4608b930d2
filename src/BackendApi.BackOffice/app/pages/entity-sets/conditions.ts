import { literal } from "../../api/literals";
import type { Column, Table } from "../../api/tables";
import { kindOf, type Kind } from "./values";

/** One condition on a column, as it stands in the address of a page. */
export interface Condition {
  property: string;
  is: string;
  value?: string;
}

interface Comparison {
  name: string;
  label: string;
  takesValue: boolean;
  expression: (path: string, value: string) => string;
}

const compare = (operator: string, label: string): Comparison => ({ name: operator, label, takesValue: true, expression: (path, value) => `${path} ${operator} ${value}` });
const call = (name: string, label: string): Comparison => ({ name, label, takesValue: true, expression: (path, value) => `${name}(${path},${value})` });
const hold = (name: string, label: string, expression: (path: string) => string): Comparison => ({ name, label, takesValue: false, expression });

const equality = [compare("eq", "is"), compare("ne", "is not")];
const order = [...equality, compare("gt", "is more than"), compare("ge", "is at least"), compare("lt", "is less than"), compare("le", "is at most")];
const time = [compare("ge", "is at or after"), compare("lt", "is before"), ...equality, compare("gt", "is after"), compare("le", "is at or before")];
const nulls = [hold("null", "is null", (path) => `${path} eq null`), hold("notNull", "is not null", (path) => `${path} ne null`)];

/** What can be asked of a column, by its kind. The first is proposed. */
const comparisons: Readonly<Record<Kind, readonly Comparison[]>> = {
  text: [
    { name: "contains", label: "contains", takesValue: true, expression: (path, value) => `contains(tolower(${path}),tolower(${value}))` },
    call("startswith", "starts with"),
    call("endswith", "ends with"),
    ...equality,
    hold("empty", "is empty", (path) => `${path} eq ''`),
  ],
  number: order,
  boolean: [hold("true", "is true", (path) => `${path} eq true`), hold("false", "is false", (path) => `${path} eq false`)],
  date: time,
  instant: time,
  enumeration: equality,
  other: order,
  json: [],
  stream: [],
};

const flags = [compare("has", "has"), ...equality];
const items: readonly Comparison[] = [
  { name: "any", label: "has the item", takesValue: true, expression: (path, value) => `${path}/any(x:x eq ${value})` },
  hold("some", "has items", (path) => `${path}/$count gt 0`),
  hold("none", "has no items", (path) => `${path}/$count eq 0`),
];

export function comparisonsOf(property: Column): readonly Comparison[] {
  if (!property.isFilterable) return [];
  if (property.isCollection) return property.type.startsWith("Edm.") ? items : items.slice(1);
  const own = property.isFlags ? flags : comparisons[kindOf(property)];
  return property.isNullable && own.length > 0 ? [...own, ...nulls] : own;
}

export function comparisonOf(property: Column, name: string): Comparison | undefined {
  return comparisonsOf(property).find((comparison) => comparison.name === name);
}

/** The expression of all conditions and of the one that was written by hand. */
export function filterOf(set: Table, conditions: readonly Condition[], written: string | undefined): string | undefined {
  const terms = conditions.flatMap((condition) => expressionOf(set, condition) ?? []);
  if (written) terms.push(terms.length > 0 ? `(${written})` : written);
  return terms.length > 0 ? terms.join(" and ") : undefined;
}

function expressionOf(set: Table, { property: name, is, value = "" }: Condition): string | undefined {
  const property = set.columns.find((each) => each.name === name);
  const comparison = property && comparisonOf(property, is);
  return comparison?.expression(name, literal(property!, value));
}

/** In words. */
export function described(set: Table, { property: name, is, value }: Condition): string {
  const property = set.columns.find((each) => each.name === name);
  const comparison = property && comparisonOf(property, is);
  return `${name} ${comparison?.label ?? is}${comparison?.takesValue ? ` ${value === "" ? "“”" : value}` : ""}`;
}
