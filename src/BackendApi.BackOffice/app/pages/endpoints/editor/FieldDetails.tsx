import { Checkbox, Drawer, Fieldset, Group, NativeSelect, Select, SimpleGrid, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { configurationsQuery } from "../../../api/configurations";
import { altered, type Field, type Validation } from "../../../api/document";
import { useEditor } from "./EditorContext";
import { inForce, kinds, unlessKnown, withValidation } from "./fields";
import { Items, Members } from "./ListedMembers";
import { idOf } from "./mistakes";
import { NumberField } from "./NumberField";
import { Transforms } from "./Transforms";

interface DetailsProps {
  column: string;
  field: Field;
  known?: Field;
  index: number;
  onChange: (field: Field) => void;
  onClose: () => void;
}

const isOneOf = (list: readonly string[], type: string | undefined) => type === undefined || list.includes(type);

/** Everything of a field that the grid has no room for. What the type has no use for is shown only where the document says it. */
export function FieldDetails({ column, field, known, index, onChange, onClose }: DetailsProps) {
  const { mistakes } = useEditor();
  const { data: endpoints } = useSuspenseQuery(configurationsQuery);
  const force = inForce(field, known);
  const rules = force.validation ?? {};
  const path = `fields[${index}]`;
  const placed = (member: string) => ({ id: idOf(`${path}.${member}`), error: mistakes.at(`${path}.${member}`) });
  const set = (changes: { [Name in keyof Field]?: Field[Name] | undefined }) => onChange(altered(field, changes));
  const limit = (name: "min" | "max" | "minLength" | "maxLength" | "precision" | "scale", label: string, description?: string) => (
    <NumberField
      {...placed(`validation.${name}`)}
      label={label}
      description={description}
      isWhole={name !== "min" && name !== "max"}
      value={rules[name]}
      onChange={(value) => onChange(withValidation(field, { [name]: unlessKnown(value, known?.validation?.[name]) }))}
    />
  );
  const has = (...names: (keyof Validation)[]) => names.some((name) => field.validation?.[name] !== undefined);
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`The field ${column}`} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        <Text c="dimmed" size="sm">
          What is cleared is again as the column of the table says it.
        </Text>
        {(isOneOf(kinds.number, force.type) || has("min", "max")) && (
          <SimpleGrid cols={2}>
            {limit("min", "Smallest")}
            {limit("max", "Largest")}
          </SimpleGrid>
        )}
        {(isOneOf(kinds.text, force.type) || has("minLength", "maxLength")) && (
          <SimpleGrid cols={2}>
            {limit("minLength", "Shortest", "In characters.")}
            {limit("maxLength", "Longest", "In characters.")}
          </SimpleGrid>
        )}
        {(isOneOf(kinds.text, force.type) || has("pattern", "format")) && (
          <SimpleGrid cols={2}>
            <TextInput
              {...placed("validation.pattern")}
              label="Pattern"
              description="^ and $ make it the whole."
              value={rules.pattern ?? ""}
              onChange={(event) => onChange(withValidation(field, { pattern: unlessKnown(event.currentTarget.value, known?.validation?.pattern ?? "") }))}
            />
            <NativeSelect
              {...placed("validation.format")}
              label="Format"
              description="Of the whole text."
              value={rules.format ?? ""}
              onChange={(event) => onChange(withValidation(field, { format: event.currentTarget.value || undefined }))}
              data={[{ value: "", label: "Any" }, "email", "url", "uuid"]}
            />
          </SimpleGrid>
        )}
        {(isOneOf(kinds.text, force.type) || has("enum")) && (
          <TagsInput
            {...placed("validation.enum")}
            label="Allowed values"
            description="Enter after each; none allows every value."
            value={[...(rules.enum ?? [])]}
            onChange={(values) => onChange(withValidation(field, { enum: values.length > 0 ? values : undefined }))}
          />
        )}
        {force.type === "decimal" && (
          <SimpleGrid cols={2}>
            {limit("precision", "Digits that a client may give")}
            {limit("scale", "Of them behind the point")}
          </SimpleGrid>
        )}
        {(isOneOf(kinds.digits, force.type) || field.precision !== undefined || field.scale !== undefined) && (
          <SimpleGrid cols={2}>
            <NumberField {...placed("precision")} label={force.type === "decimal" || force.type === undefined ? "Digits in $metadata" : "Digits of a second"} isWhole value={force.precision} onChange={(value) => set({ precision: unlessKnown(value, known?.precision) })} />
            {(force.type === "decimal" || field.scale !== undefined) && (
              <NumberField {...placed("scale")} label="Of them behind the point in $metadata" isWhole value={force.scale} onChange={(value) => set({ scale: unlessKnown(value, known?.scale) })} />
            )}
          </SimpleGrid>
        )}
        {(force.type === "enum" || field.members !== undefined) && (
          <Fieldset legend="Members of the enumeration" id={idOf(`${path}.members`)} tabIndex={-1}>
            <Members members={force.members ?? []} path={`${path}.members`} onChange={(members) => set({ members: members.length > 0 ? members : undefined })} />
            <Checkbox {...placed("isFlags")} mt="sm" label="Several can be combined" description="The column holds their values with commas between them." checked={force.isFlags ?? false} onChange={(event) => set({ isFlags: event.currentTarget.checked || undefined })} />
          </Fieldset>
        )}
        {(force.type === "collection(json)" || field.items !== undefined) && (
          <Fieldset legend="Members of the objects in the list" id={idOf(`${path}.items`)} tabIndex={-1}>
            <Items items={force.items ?? []} path={`${path}.items`} onChange={(items) => set({ items: items.length > 0 ? items : undefined })} />
          </Fieldset>
        )}
        <Select
          {...placed("validation.references")}
          label="Key of a row of"
          description="The row must be there when the value is written."
          placeholder="No endpoint"
          clearable
          searchable
          data={endpoints.map((each) => each.alias)}
          value={rules.references ?? null}
          onChange={(alias) => onChange(withValidation(field, { references: alias ?? undefined }))}
        />
        <Fieldset legend="What happens to a value before it is checked and stored" id={idOf(`${path}.transform`)} tabIndex={-1}>
          <Transforms items={force.transform ?? []} path={`${path}.transform`} onChange={(items) => set({ transform: items.length > 0 ? items : undefined })} />
        </Fieldset>
        <Group grow align="start">
          <TextInput {...placed("example")} label="Example" description="In the API documentation." value={force.example ?? ""} onChange={(event) => set({ example: event.currentTarget.value || undefined })} />
          <TextInput {...placed("alias")} label="Name in Data Exchange" description="Where it is not the name in OData." value={force.alias ?? ""} onChange={(event) => set({ alias: event.currentTarget.value || undefined })} />
        </Group>
      </Stack>
    </Drawer>
  );
}
