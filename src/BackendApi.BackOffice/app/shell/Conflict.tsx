import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { ServiceError } from "../api/http";

export const isConflict = (error: Error | null) => error instanceof ServiceError && error.status === 412;

interface ConflictProps {
  what: string;
  onReload: () => void;
  /** Makes the same changes to what is stored now, to be looked at and saved. */
  onRepeat?: () => void;
}

/** Nothing of somebody else's is written over unseen. */
export function Conflict({ what, onReload, onRepeat }: ConflictProps) {
  return (
    <Alert color="yellow" role="alert" title={`Somebody else has changed ${what} meanwhile`}>
      <Stack align="start">
        <Text>Your changes were not saved. Look at what is stored now, and make them again.</Text>
        <Group>
          <Button onClick={onReload}>Show what is stored now</Button>
          {onRepeat && (
            <Button variant="default" onClick={onRepeat}>
              Make my changes to it
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
