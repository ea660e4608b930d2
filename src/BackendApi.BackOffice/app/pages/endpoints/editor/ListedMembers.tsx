import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { altered, replaced, type EnumMember, type Item } from "../../../api/document";
import { Icon } from "../../../shell/Icon";
import { useEditor } from "./EditorContext";
import { types } from "./fields";
import { idOf } from "./mistakes";

/** A line that can be taken away. */
export function Removable({ label, onRemove, children }: { label: string; onRemove: () => void; children: ReactNode }) {
  return (
    <Group wrap="nowrap" align="start" gap="xs">
      {children}
      <ActionIcon variant="subtle" size="lg" aria-label={`Remove ${label}`} onClick={onRemove}>
        <Icon path="M6 6l12 12M18 6L6 18" />
      </ActionIcon>
    </Group>
  );
}

interface MembersProps {
  members: readonly (EnumMember | string)[];
  path: string;
  onChange: (members: readonly EnumMember[]) => void;
}

export function Members({ members, path, onChange }: MembersProps) {
  const { mistakes } = useEditor();
  const given = members.map((member) => (typeof member === "string" ? { name: member } : member));
  return (
    <Stack gap="xs">
      {given.map((member, index) => (
        <Removable key={index} label={`the member ${member.name}`} onRemove={() => onChange(replaced(given, index, undefined))}>
          <TextInput
            id={idOf(`${path}[${index}].name`)}
            aria-label={`Name of member ${index + 1}`}
            placeholder="Name"
            value={member.name}
            error={mistakes.at(`${path}[${index}].name`)}
            onChange={(event) => onChange(replaced(given, index, altered(member, { name: event.currentTarget.value })))}
          />
          <TextInput
            id={idOf(`${path}[${index}].value`)}
            aria-label={`Value of member ${index + 1}`}
            placeholder="Value in the column"
            value={member.value ?? ""}
            error={mistakes.at(`${path}[${index}].value`)}
            onChange={(event) => onChange(replaced(given, index, altered(member, { value: event.currentTarget.value || undefined })))}
          />
        </Removable>
      ))}
      <Group>
        <Button variant="default" size="xs" onClick={() => onChange([...given, { name: "" }])}>
          Add a member
        </Button>
      </Group>
    </Stack>
  );
}

export function Items({ items, path, onChange }: { items: readonly Item[]; path: string; onChange: (items: readonly Item[]) => void }) {
  const { mistakes } = useEditor();
  return (
    <Stack gap="xs">
      {items.map((item, index) => (
        <Removable key={index} label={`the member ${item.name}`} onRemove={() => onChange(replaced(items, index, undefined))}>
          <TextInput
            id={idOf(`${path}[${index}].name`)}
            aria-label={`Name of item member ${index + 1}`}
            placeholder="Name"
            value={item.name}
            error={mistakes.at(`${path}[${index}].name`)}
            onChange={(event) => onChange(replaced(items, index, { ...item, name: event.currentTarget.value }))}
          />
          <NativeSelect
            id={idOf(`${path}[${index}].type`)}
            aria-label={`Type of item member ${index + 1}`}
            data={types.filter((type) => type !== "enum" && type !== "binary" && type !== "json")}
            value={item.type}
            error={mistakes.at(`${path}[${index}].type`)}
            onChange={(event) => onChange(replaced(items, index, { ...item, type: event.currentTarget.value }))}
          />
        </Removable>
      ))}
      <Group>
        <Button variant="default" size="xs" onClick={() => onChange([...items, { name: "", type: "string" }])}>
          Add a member
        </Button>
      </Group>
    </Stack>
  );
}
