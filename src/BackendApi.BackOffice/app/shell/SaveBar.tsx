import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Conflict, isConflict } from "./Conflict";
import { Failure } from "./Outcomes";
import { UnsavedChanges } from "./UnsavedChanges";

interface SaveBarProps {
  saving: { error: Error | null; isPending: boolean; mutate: () => void };
  isChanged: boolean;
  /** What somebody else may have changed meanwhile. */
  what: string;
  onReload: () => void;
  /** A failure that means the same as a conflict of versions. */
  isOutdated?: boolean;
  children?: ReactNode;
}

/** Saves what is edited, and says whether there is anything to save and what stands in the way. */
export function SaveBar({ saving, isChanged, what, onReload, isOutdated = isConflict(saving.error), children }: SaveBarProps) {
  return (
    <Stack>
      <UnsavedChanges when={isChanged} />
      {isOutdated ? <Conflict what={what} onReload={onReload} /> : saving.error && <Failure error={saving.error} />}
      <Group justify="space-between">
        <Group>
          <Button onClick={saving.mutate} loading={saving.isPending} disabled={!isChanged}>
            Save
          </Button>
          <Text role="status" size="sm" c="dimmed">
            {isChanged ? "There are changes to save." : "Everything is saved, and in effect."}
          </Text>
        </Group>
        {children}
      </Group>
    </Stack>
  );
}
