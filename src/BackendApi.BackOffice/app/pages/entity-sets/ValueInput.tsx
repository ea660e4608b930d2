import { Checkbox, Group, MultiSelect, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { Column } from "../../api/tables";
import classes from "./Grid.module.css";
import { instantOf, kindOf, localTime } from "./values";

interface ValueInputProps {
  property: Column;
  label: ReactNode;
  /** Of a small place, where the label is not shown. */
  isBare?: boolean;
  /** What {@link textOf} makes of the value; null for null. */
  value: string | null;
  error?: string | undefined;
  /** What a field that is left out of a new row says. */
  placeholder?: string;
  onChange: (value: string | null) => void;
}

/** The control that fits a property's type. */
export function ValueInput({ property, label, isBare = false, value, error, placeholder, onChange }: ValueInputProps) {
  const kind = kindOf(property);
  const common = {
    ...(isBare ? { "aria-label": property.name } : { label, description: property.description }),
    error,
    ...(placeholder ? { placeholder } : {}),
  };
  /** Nothing entered is null where null can be. */
  const changed = (text: string) => onChange(text === "" && property.isNullable ? null : text);

  switch (kind) {
    case "boolean":
    case "enumeration": {
      if (property.isFlags)
        return <MultiSelect {...common} data={[...(property.members ?? [])]} value={value ? value.split(",") : []} onChange={(chosen) => changed(chosen.join(","))} comboboxProps={{ withinPortal: true }} />;
      const members = kind === "boolean" ? ["true", "false"] : (property.members ?? []);
      // A choice that is not made yet, or null.
      const none = property.isNullable || value === null || placeholder ? [{ value: "", label: placeholder ?? (property.isNullable ? "null" : "—") }] : [];
      return <NativeSelect {...common} data={[...none, ...members.map((member) => ({ value: member, label: member }))]} value={value ?? ""} onChange={(event) => changed(event.currentTarget.value)} />;
    }
    case "date":
      return <TextInput {...common} type="date" value={value ?? ""} onChange={(event) => changed(event.currentTarget.value)} />;
    case "instant":
      return (
        <TextInput
          {...common}
          {...(isBare ? {} : { description: [property.description, value ? `${value}, entered in your local time.` : "In your local time."].filter(Boolean).join(" ") })}
          type="datetime-local"
          step="any"
          value={value ? localTime(value) : ""}
          onChange={(event) => changed(event.currentTarget.value && instantOf(event.currentTarget.value))}
        />
      );
    case "json":
      return <Textarea {...common} autosize minRows={2} maxRows={12} spellCheck={false} classNames={{ input: classes["code"] ?? "" }} value={value ?? ""} onChange={(event) => changed(event.currentTarget.value)} />;
    case "text":
      return isBare || !property.isNullable ? (
        <TextField property={property} common={common} isBare={isBare} value={value} onChange={onChange} />
      ) : (
        <Stack gap={4}>
          <TextField property={property} common={{ ...common, placeholder: value === null ? (placeholder ?? "null") : "empty" }} isBare={false} value={value} onChange={onChange} />
          <Group gap="xs">
            <Checkbox size="xs" label={<Text size="xs">null</Text>} aria-label={`${property.name} is null`} checked={value === null} onChange={(event) => onChange(event.currentTarget.checked ? null : "")} />
          </Group>
        </Stack>
      );
    default:
      return (
        <TextInput
          {...common}
          value={value ?? ""}
          inputMode={kind === "number" ? "decimal" : "text"}
          {...(kind === "number" || isBare ? {} : { description: [property.description, formats[property.type]].filter(Boolean).join(" ") })}
          onChange={(event) => changed(event.currentTarget.value)}
        />
      );
  }
}

const formats: Readonly<Record<string, string>> = {
  "Edm.TimeOfDay": "As 13:45:00.",
  "Edm.Duration": "As P1DT2H30M.",
  "Edm.Guid": "Like 01234567-89ab-cdef-0123-456789abcdef.",
  "Edm.Binary": "In base64.",
};

function TextField({ property, common, isBare, value, onChange }: { property: Column; common: object; isBare: boolean; value: string | null; onChange: (value: string) => void }) {
  const isLong = !isBare && (property.maxLength === undefined || property.maxLength > 200);
  return isLong ? (
    <Textarea {...common} autosize minRows={1} maxRows={10} value={value ?? ""} onChange={(event) => onChange(event.currentTarget.value)} />
  ) : (
    <TextInput {...common} value={value ?? ""} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
