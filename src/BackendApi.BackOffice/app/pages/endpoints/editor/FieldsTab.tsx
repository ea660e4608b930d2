import { Button, Checkbox, Group, NativeSelect, Stack, Table, Text, Textarea, TextInput } from "@mantine/core";
import { memo, useCallback, useEffect, useRef } from "react";
import { altered, type Field } from "../../../api/document";
import classes from "./Editor.module.css";
import { useEditor } from "./EditorContext";
import { FieldDetails } from "./FieldDetails";
import { collections, columnsOf, inForce, summaryOf, types, unlessKnown, withValidation, type Column } from "./fields";
import { idOf, type Mistakes } from "./mistakes";

/** What is exposed of the table, a line for each column. */
export function FieldsTab({ open, onOpen }: { open: string | undefined; onOpen: (column: string | undefined) => void }) {
  const { document, change, catalogue, mistakes, type } = useEditor();
  const served = new Map(type.Properties.map((property) => [property.Column, property.Name]));
  const columns = columnsOf(document, catalogue);
  // What was said of a column that is taken away, in case it comes back.
  const taken = useRef(new Map<string, Field>());
  // The same functions for every line, each time: lines whose column stays the same are not drawn again.
  const latest = useRef({ columns, onOpen });
  useEffect(() => {
    latest.current = { columns, onOpen };
  });
  const openField = useCallback((column: string) => latest.current.onOpen(column), []);
  const set = useCallback(
    (column: string, field: Field | undefined) => {
      const before = latest.current.columns.find((each) => each.column === column)?.field;
      if (before && !field) taken.current.set(column, before);
      const fields = latest.current.columns.map((each) => (each.column === column ? field : each.field)).filter((each) => each !== undefined);
      change({ fields });
    },
    [change],
  );
  const expose = useCallback((column: string, isExposed: boolean) => set(column, isExposed ? (taken.current.get(column) ?? { column }) : undefined), [set]);
  const shown = columns.find((each) => each.column === open);
  const allExposed = columns.every((each) => each.field);

  return (
    <Stack gap="xs">
      <Group justify="space-between" align="end">
        <Text id={idOf("fields")} tabIndex={-1}>
          What is not ticked does not exist for clients.
        </Text>
        <Button variant="default" size="xs" disabled={allExposed} onClick={() => change({ fields: columns.map((each) => each.field ?? taken.current.get(each.column) ?? { column: each.column }) })}>
          Tick all
        </Button>
      </Group>
      {mistakes.own
        .filter((mistake) => mistake.path === "fields")
        .map((mistake) => (
          <Text key={mistake.message} c="var(--mantine-color-error)" role="alert">
            {mistake.message}
          </Text>
        ))}
      <Table.ScrollContainer minWidth={1040}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Exposed</Table.Th>
              <Table.Th>Name</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th>Creatable</Table.Th>
              <Table.Th>Editable</Table.Th>
              <Table.Th>Required</Table.Th>
              <Table.Th>Limits, transforms, example</Table.Th>
              <Table.Th>Description</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((each) => (
              <FieldRow key={each.column} {...each} served={served.get(each.column)} problems={told(mistakes, each)} onChange={set} onExpose={expose} onOpen={openField} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown?.field && <FieldDetails {...shown} field={shown.field} onChange={(field) => set(shown.column, field)} onClose={() => onOpen(undefined)} />}
    </Stack>
  );
}

/** The mistakes of a line as one text, which is the same as long as they are. */
function told(mistakes: Mistakes, { index, field }: Column): string {
  if (!field) return "";
  const path = `fields[${index}]`;
  const own = ["name", "type", "isCreatable", "isEditable", "description"];
  return JSON.stringify([...own.map((member) => mistakes.at(`${path}.${member}`)), mistakes.besides(path, own).map((mistake) => mistake.message).join("\n")]);
}

interface RowProps extends Column {
  problems: string;
  /** The name that the service makes for a field that says none. */
  served: string | undefined;
  onChange: (column: string, field: Field) => void;
  onExpose: (column: string, isExposed: boolean) => void;
  onOpen: (column: string) => void;
}

const FieldRow = memo(function FieldRow({ column, field, known, index, problems, served, onChange, onExpose, onOpen }: RowProps) {
  const [name, type, creatable, editable, description, others] = (problems ? JSON.parse(problems) : []) as (string | null | undefined)[];
  const named = (what: string) => `${what} of ${column}`;
  const at = (member: string) => idOf(`fields[${index}].${member}`);
  if (!field)
    return (
      <Table.Tr>
        <Table.Td className={classes["column"]}>
          <Checkbox label={column} checked={false} onChange={() => onExpose(column, true)} />
        </Table.Td>
        <Table.Td c="dimmed">{known?.name}</Table.Td>
        <Table.Td c="dimmed">{known?.type}</Table.Td>
        <Table.Td colSpan={5} />
      </Table.Tr>
    );
  const force = inForce(field, known);
  const rules = summaryOf(field, known).join("; ") || "Set";
  const set = (changes: { [Name in keyof Field]?: Field[Name] | undefined }) => onChange(column, altered(field, changes));
  return (
    <Table.Tr>
      <Table.Td className={classes["column"]}>
        <Checkbox id={at("column")} label={column} checked error={known ? others : (others ?? true)} onChange={() => onExpose(column, false)} />
      </Table.Td>
      <Table.Td className={classes["name"]}>
        <TextInput id={at("name")} aria-label={named("Name")} value={field.name ?? served ?? known?.name ?? ""} error={name} onChange={(event) => set({ name: unlessKnown(event.currentTarget.value, known?.name) })} />
      </Table.Td>
      <Table.Td className={classes["type"]}>
        <NativeSelect id={at("type")} aria-label={named("Type")} value={force.type ?? ""} error={type} onChange={(event) => set({ type: unlessKnown(event.currentTarget.value || undefined, known?.type) })}>
          {(force.type === undefined || ![...types, ...collections].includes(force.type)) && <option value={force.type ?? ""}>{force.type ?? "The column’s"}</option>}
          {types.map((each) => (
            <option key={each}>{each}</option>
          ))}
          <optgroup label="Lists in a column">
            {collections.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </optgroup>
        </NativeSelect>
      </Table.Td>
      <Table.Td>
        <Checkbox id={at("isCreatable")} aria-label={named("Creatable")} checked={force.isCreatable ?? true} error={creatable} onChange={(event) => set({ isCreatable: unlessKnown(event.currentTarget.checked, known?.isCreatable) })} />
      </Table.Td>
      <Table.Td>
        <Checkbox id={at("isEditable")} aria-label={named("Editable")} checked={force.isEditable ?? true} error={editable} onChange={(event) => set({ isEditable: unlessKnown(event.currentTarget.checked, known?.isEditable) })} />
      </Table.Td>
      <Table.Td>
        <Checkbox
          id={at("validation.isRequired")}
          aria-label={named("Required")}
          checked={force.validation?.isRequired ?? false}
          onChange={(event) => onChange(column, withValidation(field, { isRequired: unlessKnown(event.currentTarget.checked, known?.validation?.isRequired) }))}
        />
      </Table.Td>
      <Table.Td>
        <Button variant="subtle" size="compact-sm" className={classes["rules"]} classNames={{ label: classes["wrapped"]! }} aria-label={`${named("Rules")}: ${rules}`} onClick={() => onOpen(column)}>
          {rules}
        </Button>
      </Table.Td>
      <Table.Td className={classes["name"]}>
        <Textarea
          id={at("description")}
          aria-label={named("Description")}
          autosize
          minRows={1}
          maxRows={4}
          value={force.description ?? ""}
          error={description}
          onChange={(event) => set({ description: unlessKnown(event.currentTarget.value, known?.description ?? "") })}
        />
      </Table.Td>
    </Table.Tr>
  );
});
