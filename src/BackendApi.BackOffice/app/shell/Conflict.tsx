import { Alert, Button, Stack, Text } from "@mantine/core";
import { ServiceError } from "../api/http";

export const isConflict = (error: Error | null) => error instanceof ServiceError && error.status === 412;

/** Nothing of somebody else's is written over unseen. */
export function Conflict({ what, onReload }: { what: string; onReload: () => void }) {
  return (
    <Alert color="yellow" role="alert" title={`Somebody else has changed ${what} meanwhile`}>
      <Stack align="start">
        <Text>Your changes were not saved. Look at what is stored now, and make them again.</Text>
        <Button onClick={onReload}>Show what is stored now</Button>
      </Stack>
    </Alert>
  );
}
