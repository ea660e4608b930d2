import { Radio, Stack } from "@mantine/core";
import type { ReactNode } from "react";

/** Whether a member of the document is there, or what the database says holds. */
export function Choice({ label, automatic, own, isOwn, onChange }: { label: string; automatic: string; own: string; isOwn: boolean; onChange: (isOwn: boolean) => void }) {
  return (
    <Radio.Group label={label} value={isOwn ? "own" : "automatic"} onChange={(value) => onChange(value === "own")}>
      <Stack gap="xs" mt="xs">
        <Radio value="automatic" label={automatic} />
        <Radio value="own" label={own} />
      </Stack>
    </Radio.Group>
  );
}

/** A sentence for people who read it once. */
export function listed(names: readonly string[] | undefined): ReactNode {
  return names && names.length > 0 ? names.join(", ") : "none";
}
