import { Alert, Stack, Text } from "@mantine/core";
import { ServiceError } from "../../api/http";
import type { Row } from "../../api/rows";
import type { Column } from "../../api/tables";
import classes from "./Grid.module.css";
import { Mistake, shown, textOf, valueOf } from "./values";
import { ValueInput } from "./ValueInput";

/** What was entered, by property; what is not there was not touched. */
export type Entered = Readonly<Record<string, string | null>>;

/** @throws {Mistakes} where something entered is no value at all. */
export function valuesOf(properties: readonly Column[], entered: Entered): Row {
  const values: Row = {};
  const mistakes: Record<string, string> = {};
  for (const property of properties) {
    const text = entered[property.name];
    if (text === undefined) continue;
    try {
      values[property.name] = valueOf(property, text);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      mistakes[property.name] = error.message;
    }
  }
  if (Object.keys(mistakes).length > 0) throw new Mistakes(mistakes);
  return values;
}

export class Mistakes extends Error {
  constructor(readonly byProperty: Readonly<Record<string, string>>) {
    super("Some of what was entered is no value of its field.");
  }
}

interface RowFormProps {
  properties: readonly Column[];
  /** What is stored; none for a new row. */
  row: Row | undefined;
  entered: Entered;
  isWritable: (property: Column) => boolean;
  failure: Error | null;
  onChange: (entered: Entered) => void;
}

/** Every property with a control of its type, or as it is where it cannot be written. Each mistake stands at its field. */
export function RowForm({ properties, row, entered, isWritable, failure, onChange }: RowFormProps) {
  const mistakes = mistakesOf(failure);
  const isShown = (target: string | undefined) => properties.some((property) => isAt(property, target) && isWritable(property));
  const others = mistakes.filter((mistake) => !isShown(mistake.target));
  const mistakeAt = (property: Column) =>
    mistakes
      .filter((mistake) => isAt(property, mistake.target))
      .map((mistake) => mistake.message)
      .join(" ") || undefined;
  return (
    <Stack>
      {failure && (
        <Alert color="red" role="alert" title="This was not saved">
          <Text>{failure.message}</Text>
          {others.map((mistake) => (
            <Text key={`${mistake.target} ${mistake.message}`}>
              {mistake.target && <code>{mistake.target}</code>} {mistake.message}
            </Text>
          ))}
        </Alert>
      )}
      {properties.map((property) => {
        const was = row ? textOf(property, row[property.name]) : null;
        if (!isWritable(property)) return row ? <Fixed key={property.name} property={property} row={row} /> : null;
        const { [property.name]: text = was, ...rest } = entered;
        return (
          <ValueInput
            key={property.name}
            property={property}
            label={property.name}
            value={text}
            error={mistakeAt(property)}
            {...(!row && entered[property.name] === undefined ? { placeholder: "left out" } : {})}
            onChange={(next) => onChange(row && next === was ? rest : { ...entered, [property.name]: next })}
          />
        );
      })}
    </Stack>
  );
}

function Fixed({ property, row }: { property: Column; row: Row }) {
  const value = row[property.name];
  return (
    <div>
      <Text size="sm" fw={500}>
        {property.name}
      </Text>
      {property.description && (
        <Text size="xs" c="dimmed">
          {property.description}
        </Text>
      )}
      {value === null || value === undefined ? <span className={classes["null"]}>null</span> : <span className={classes["value"]}>{typeof value === "object" ? JSON.stringify(value, null, 2) : shown(value)}</span>}
    </div>
  );
}

interface FieldMistake {
  message: string;
  target?: string | undefined;
}

function mistakesOf(failure: Error | null): readonly FieldMistake[] {
  if (failure instanceof Mistakes) return Object.entries(failure.byProperty).map(([target, message]) => ({ target, message }));
  if (!(failure instanceof ServiceError)) return [];
  // A single mistake is the error itself.
  return failure.details.length > 0 ? failure.details : failure.target ? [{ message: failure.message, target: failure.target }] : [];
}

/** A mistake inside a value belongs to its property: `Address/City`, `Tags[2]`. */
const isAt = (property: Column, target: string | undefined) => target !== undefined && (target === property.name || (target.startsWith(property.name) && /^[/[.]/.test(target.slice(property.name.length))));
