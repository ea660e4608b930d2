import { Button, NativeSelect, Stack } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { Column } from "../../api/tables";
import { comparisonOf, comparisonsOf, type Condition } from "./conditions";
import { ValueInput } from "./ValueInput";

/** One condition on a column: what is asked by its type. */
export function ConditionForm({ column, onCondition }: { column: Column; onCondition: (condition: Condition) => void }) {
  const comparisons = comparisonsOf(column);
  const [is, setIs] = useState(comparisons[0]?.name ?? "");
  const [value, setValue] = useState<string | null>(column.members?.[0] ?? (column.type === "Edm.Boolean" ? "true" : ""));
  if (comparisons.length === 0) return null;
  const takesValue = comparisonOf(column, is)?.takesValue === true;
  // Of a list an item is asked for.
  const asked = { ...column, isCollection: false, isNullable: false };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCondition({ property: column.name, is, ...(takesValue ? { value: value ?? "" } : {}) });
  };
  const isComplete = !takesValue || column.type === "Edm.String" || (value ?? "") !== "";
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <NativeSelect label="Show rows where it" data={comparisons.map(({ name, label }) => ({ value: name, label }))} value={is} onChange={(event) => setIs(event.currentTarget.value)} data-autofocus />
        {takesValue && <ValueInput property={asked} label="Value" value={value} onChange={setValue} />}
        <Button type="submit" disabled={!isComplete}>
          Filter
        </Button>
      </Stack>
    </form>
  );
}
