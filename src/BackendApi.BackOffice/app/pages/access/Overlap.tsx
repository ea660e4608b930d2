import { Select } from "@mantine/core";

const choices = [
  { value: "0", label: "Not at all: it ends at once" },
  { value: "60", label: "One hour" },
  { value: "1440", label: "One day" },
  { value: "10080", label: "One week" },
];

/** How long the value of before stays good, in minutes. */
export function Overlap({ value, onChange }: { value: number; onChange: (minutes: number) => void }) {
  return <Select label="The value of before stays good for" data={choices} value={String(value)} allowDeselect={false} onChange={(minutes) => onChange(Number(minutes))} />;
}
