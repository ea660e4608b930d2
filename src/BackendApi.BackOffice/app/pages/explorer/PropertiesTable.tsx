import { Code, Table, Text } from "@mantine/core";
import type { EntitySet, Model, Property } from "../../api/model";
import { shortType } from "../../shell/expressions/completion";
import { exceptionsOf } from "./capabilities";
import classes from "./PropertiesTable.module.css";

interface PropertiesTableProps {
  model: Model;
  of: { properties: readonly Property[]; key: readonly string[] };
  /** Whose restrictions count. */
  set?: EntitySet;
  /** A row of the set. */
  example?: Readonly<Record<string, unknown>>;
}

export function PropertiesTable({ model, of, set, example }: PropertiesTableProps) {
  const hasExamples = example !== undefined || of.properties.some((property) => givenExample(property) !== undefined);
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Rules</Table.Th>
            {hasExamples && <Table.Th>Example</Table.Th>}
            <Table.Th>Description</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.properties.map((property) => (
            <Table.Tr key={property.name}>
              <Table.Td>{property.name}</Table.Td>
              <Table.Td>
                {typeText(property)}
                {property.isNullable && ", or null"}
                <Members model={model} type={property.type} />
              </Table.Td>
              <Table.Td>{rulesOf(property, of.key, set).join(", ")}</Table.Td>
              {hasExamples && <Table.Td className={classes["example"]!}>{exampleOf(property, example)}</Table.Td>}
              <Table.Td>{property.description}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Members({ model, type }: { model: Model; type: string }) {
  const enumeration = model.enumeration(type);
  if (!enumeration) return null;
  return (
    <Text size="sm" c="dimmed">
      {enumeration.members.map((member) => member.name).join(enumeration.isFlags ? ", " : " | ")}
    </Text>
  );
}

function typeText({ type, isCollection, maxLength, precision, scale }: Property): string {
  const facets = type === "Edm.Decimal" && precision !== undefined ? ` (${precision}, ${scale ?? 0})` : maxLength !== undefined ? ` (${maxLength})` : "";
  return shortType(type, isCollection) + facets;
}

/** Terms that say in a word what a client meets. */
const words: Record<string, string> = { "Core.Computed": "computed", "Core.ComputedDefaultValue": "has a default", "Core.Immutable": "cannot be changed", "Core.Permissions: Read": "read only" };
/** Terms that say it with a value. */
const phrases: Record<string, (value: unknown) => string> = {
  "Validation.Minimum": (least) => `at least ${String(least)}`,
  "Validation.Maximum": (most) => `at most ${String(most)}`,
  "Validation.Pattern": (pattern) => `matches ${String(pattern)}`,
  "Validation.AllowedValues": (values) => `one of ${(values as { Value: unknown }[]).map(({ Value }) => (Value === "" ? '""' : String(Value))).join(" | ")}`,
};
/** Terms that are shown elsewhere, or of no use to people. */
const silent = new Set(["Core.Description", "Core.LongDescription", "Core.Ordered", "Core.Example"]);

function rulesOf(property: Property, key: readonly string[], set: EntitySet | undefined): string[] {
  const annotated = Object.entries(property.annotations).flatMap(([term, value]) => {
    if (silent.has(term) || value === false) return [];
    const phrase = phrases[term];
    if (phrase) return [phrase(value)];
    const text = value === true ? term : `${term}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`;
    return [words[text] ?? text.slice(text.indexOf(".") + 1)];
  });
  return [...(key.includes(property.name) ? ["key"] : []), ...annotated, ...(set ? exceptionsOf(set, property.name) : [])];
}

/** What the model gives as an example; otherwise the value of the row. */
function exampleOf(property: Property, row: Readonly<Record<string, unknown>> | undefined) {
  const value = givenExample(property) ?? row?.[property.name];
  if (value === undefined || value === null) return null;
  return <Code>{typeof value === "object" ? JSON.stringify(value) : String(value)}</Code>;
}

const givenExample = (property: Property) => (property.annotations["Core.Example"] as { Value?: unknown } | undefined)?.Value;
