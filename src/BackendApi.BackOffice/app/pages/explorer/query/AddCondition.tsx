import { Button, Group, Select, TextInput } from "@mantine/core";
import { getHotkeyHandler } from "@mantine/hooks";
import { useState } from "react";
import { literal } from "../../../api/literals";
import type { EntitySet, Model, Property } from "../../../api/model";
import { tokensOf } from "../../../shell/expressions/tokens";

const comparisons = [
  { value: "eq", label: "is" },
  { value: "ne", label: "is not" },
  { value: "gt", label: "is more than" },
  { value: "ge", label: "is at least" },
  { value: "lt", label: "is less than" },
  { value: "le", label: "is at most" },
];
const textTests = [
  { value: "contains", label: "contains" },
  { value: "startswith", label: "begins with" },
  { value: "endswith", label: "ends with" },
];

interface AddConditionProps {
  model: Model;
  set: EntitySet;
  filter: string;
  onChange: (filter: string) => void;
}

/** A condition for who would rather choose than write. */
export function AddCondition({ model, set, filter, onChange }: AddConditionProps) {
  const properties = set.properties.filter((property) => !property.isCollection && !model.type(property.type));
  const [name, setName] = useState(properties[0]?.name ?? null);
  const [operator, setOperator] = useState("eq");
  const [value, setValue] = useState("");
  const property = properties.find((each) => each.name === name);
  if (!property) return null;
  const isText = property.type === "Edm.String";
  const members = model.enumeration(property.type)?.members.map((member) => member.name) ?? (property.type === "Edm.Boolean" ? ["true", "false"] : undefined);
  const add = () => onChange(both(filter.trim(), conditionOf(property, operator, value)));
  const choose = (chosen: string | null) => {
    setName(chosen);
    setOperator("eq");
    setValue("");
  };

  return (
    <Group align="end">
      <Select label="Property" data={properties.map((each) => each.name)} value={name} onChange={choose} allowDeselect={false} searchable />
      <Select label="Comparison" data={isText ? [...comparisons, ...textTests] : comparisons} value={operator} onChange={(chosen) => setOperator(chosen!)} allowDeselect={false} />
      {members ? (
        <Select label="Value" data={members} value={value || null} onChange={(chosen) => setValue(chosen ?? "")} placeholder="null" clearable />
      ) : (
        <TextInput label="Value" value={value} onChange={(event) => setValue(event.currentTarget.value)} onKeyDown={getHotkeyHandler([["Enter", add]])} placeholder={property.isNullable ? "null" : ""} />
      )}
      <Button variant="default" onClick={add}>
        Add
      </Button>
    </Group>
  );
}

function conditionOf(property: Property, operator: string, value: string): string {
  const compared = value === "" && property.isNullable ? "null" : literal(property, value);
  return comparisons.some((each) => each.value === operator) ? `${property.name} ${operator} ${compared}` : `${operator}(${property.name},${compared})`;
}

/** `and` binds closer than `or`. */
function both(filter: string, condition: string): string {
  if (filter === "") return condition;
  return tokensOf(filter).some((token) => /^or$/i.test(token.text)) ? `(${filter}) and ${condition}` : `${filter} and ${condition}`;
}
