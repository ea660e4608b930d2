import { Checkbox, NumberInput, Table, Text, TextInput } from "@mantine/core";
import type { Field, Validation } from "../../api/configurations";
import type { DraftField } from "./draft";

interface FieldsProps {
  fields: readonly DraftField[];
  /** Of the document: its fields are those that are exposed, in their order. */
  mistakes: readonly { message: string; target?: string }[];
  onChange: (fields: readonly DraftField[]) => void;
}

const noValidation: Validation = { isRequired: null, maxLength: null, pattern: null };

export function FieldsTable({ fields, mistakes, onChange }: FieldsProps) {
  const set = (column: string, changes: Partial<DraftField>) => onChange(fields.map((field) => (field.column === column ? { ...field, ...changes } : field)));
  const exposed = fields.filter((field) => field.isExposed);
  return (
    <Table.ScrollContainer minWidth={960}>
      <Table captionSide="top">
        <Table.Caption>Fields: what is not ticked does not exist for clients.</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Exposed</Table.Th>
            <Table.Th>Name</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Creatable</Table.Th>
            <Table.Th>Editable</Table.Th>
            <Table.Th>Required</Table.Th>
            <Table.Th>Longest</Table.Th>
            <Table.Th>Pattern</Table.Th>
            <Table.Th>Description</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <FieldRow key={field.column} field={field} mistakes={mistakesOf(exposed.indexOf(field), mistakes)} onChange={(changes) => set(field.column, changes)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type Mistakes = ReadonlyMap<string, string>;

function mistakesOf(index: number, mistakes: FieldsProps["mistakes"]): Mistakes {
  const prefix = `fields[${index}]`;
  return new Map(mistakes.filter((mistake) => mistake.target?.startsWith(prefix)).map((mistake) => [mistake.target!.slice(prefix.length + 1), mistake.message]));
}

function FieldRow({ field, mistakes, onChange }: { field: DraftField; mistakes: Mistakes; onChange: (changes: Partial<Field> & { isExposed?: boolean }) => void }) {
  const validation = field.validation ?? noValidation;
  const validate = (changes: Partial<Validation>) => onChange({ validation: { ...validation, ...changes } });
  const named = (what: string) => `${what} of ${field.column}`;
  const isOff = !field.isExposed;
  const isText = field.type === null || field.type === "string";
  const unplaced = [...mistakes].filter(([path]) => !["name", "description", "validation.maxLength", "validation.pattern"].includes(path));
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox label={field.column} checked={field.isExposed} onChange={(event) => onChange({ isExposed: event.currentTarget.checked })} />
        {unplaced.map(([path, message]) => (
          <Text key={path} size="sm" c="red.9">
            {message}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>
        <TextInput aria-label={named("Name")} value={field.name ?? ""} disabled={isOff} error={mistakes.get("name")} onChange={(event) => onChange({ name: event.currentTarget.value || null })} />
      </Table.Td>
      <Table.Td>{field.type}</Table.Td>
      <Table.Td>
        <Checkbox aria-label={named("Creatable")} checked={field.isCreatable ?? true} disabled={isOff} onChange={(event) => onChange({ isCreatable: event.currentTarget.checked })} />
      </Table.Td>
      <Table.Td>
        <Checkbox aria-label={named("Editable")} checked={field.isEditable ?? true} disabled={isOff} onChange={(event) => onChange({ isEditable: event.currentTarget.checked })} />
      </Table.Td>
      <Table.Td>
        <Checkbox aria-label={named("Required")} checked={validation.isRequired ?? false} disabled={isOff} onChange={(event) => validate({ isRequired: event.currentTarget.checked })} />
      </Table.Td>
      <Table.Td>
        {isText && (
          <NumberInput
            aria-label={named("Longest")}
            min={0}
            allowDecimal={false}
            w={96}
            value={validation.maxLength ?? ""}
            disabled={isOff}
            error={mistakes.get("validation.maxLength")}
            onChange={(value) => validate({ maxLength: typeof value === "number" ? value : null })}
          />
        )}
      </Table.Td>
      <Table.Td>
        {isText && (
          <TextInput aria-label={named("Pattern")} value={validation.pattern ?? ""} disabled={isOff} error={mistakes.get("validation.pattern")} onChange={(event) => validate({ pattern: event.currentTarget.value || null })} />
        )}
      </Table.Td>
      <Table.Td>
        <TextInput aria-label={named("Description")} value={field.description ?? ""} disabled={isOff} error={mistakes.get("description")} onChange={(event) => onChange({ description: event.currentTarget.value || null })} />
      </Table.Td>
    </Table.Tr>
  );
}
