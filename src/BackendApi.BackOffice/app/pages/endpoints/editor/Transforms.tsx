import { Box, Button, Group, Menu, Select, Stack, Text, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { configurationsQuery } from "../../../api/configurations";
import { replaced, type Transform } from "../../../api/document";
import { useEditor } from "./EditorContext";
import { Expression } from "./Expression";
import { transformOf } from "./fields";
import { Removable } from "./ListedMembers";
import { idOf } from "./mistakes";

const additions: readonly { label: string; item: Transform | string }[] = [
  { label: "Cut white space around it", item: "trim" },
  { label: "Turn it into capitals", item: "upper" },
  { label: "Turn it into small letters", item: "lower" },
  { label: "A default for new rows", item: { default: "" } },
  { label: "Always the same value", item: { constant: "" } },
  { label: "Look the key up in another endpoint", item: { lookup: { set: "", by: "" } } },
  { label: "Compute it", item: { compute: "" } },
];

interface TransformsProps {
  items: readonly (Transform | string)[];
  path: string;
  onChange: (items: readonly (Transform | string)[]) => void;
}

/** Steps that happen one after the other. */
export function Transforms({ items, path, onChange }: TransformsProps) {
  const { mistakes } = useEditor();
  return (
    <Stack gap="xs">
      {items.length === 0 && <Text size="sm">Nothing.</Text>}
      {items.map((item, index) => {
        const place = `${path}[${index}]`;
        const own = mistakes.own.find((mistake) => mistake.path === place);
        return (
          <div key={index} id={idOf(place)} tabIndex={-1}>
            <Removable label={`step ${index + 1}`} onRemove={() => onChange(replaced(items, index, undefined))}>
              <Step number={index + 1} transform={transformOf(item)} path={place} onChange={(changed) => onChange(replaced(items, index, changed))} />
            </Removable>
            {own && (
              <Text size="sm" c="var(--mantine-color-error)">
                {own.message}
              </Text>
            )}
          </div>
        );
      })}
      <Menu>
        <Menu.Target>
          <Button variant="default" size="xs" w="fit-content">
            Add a step
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {additions.map(({ label, item }) => (
            <Menu.Item key={label} onClick={() => onChange([...items, item])}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Stack>
  );
}

function Step({ number, transform, path, onChange }: { number: number; transform: Transform; path: string; onChange: (transform: Transform) => void }) {
  const { mistakes } = useEditor();
  const { data: endpoints } = useSuspenseQuery(configurationsQuery);
  const placed = (member: string) => ({ id: idOf(`${path}.${member}`), error: mistakes.at(`${path}.${member}`), flex: 1 });
  if (transform.default !== undefined)
    return <TextInput {...placed("default")} label="Default" description="Stored in a new row when the client gives nothing." value={String(transform.default)} onChange={(event) => onChange({ default: event.currentTarget.value })} />;
  if (transform.constant !== undefined)
    return <TextInput {...placed("constant")} label="Always" description="Stored whatever the client says." value={String(transform.constant)} onChange={(event) => onChange({ constant: event.currentTarget.value })} />;
  if (transform.compute !== undefined)
    return (
      <Box flex={1}>
        <Expression
          path={`${path}.compute`}
          label="Computed"
          description="An OData expression over the row as it is stored, such as Price mul 2."
          value={transform.compute}
          onChange={(compute) => onChange({ compute })}
        />
      </Box>
    );
  if (transform.lookup) {
    const { set, by } = transform.lookup;
    return (
      <Group grow align="start" flex={1}>
        <Select {...placed("lookup.set")} label="Looked up in" searchable data={endpoints.map((each) => each.alias)} value={set || null} onChange={(value) => onChange({ lookup: { set: value ?? "", by } })} />
        <TextInput {...placed("lookup.by")} label="By its property" value={by} onChange={(event) => onChange({ lookup: { set, by: event.currentTarget.value } })} />
      </Group>
    );
  }
  return (
    <Text flex={1} py={6}>
      {additions.find(({ item }) => item === transform.step)?.label ?? `Step ${number}: ${transform.step ?? "unknown"}`}
    </Text>
  );
}
