import { Alert, Button, Center, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ServiceError } from "../api/http";

export function Pending() {
  return (
    <Center p="xl">
      <Loader aria-label="Loading" />
    </Center>
  );
}

/** What went wrong, and what can be done about it. */
export function Failure({ error, reset }: { error: Error; reset?: () => void }) {
  const code = error instanceof ServiceError ? error.code : undefined;
  return (
    <Alert color="red" title="This did not work" role="alert">
      <Stack gap="sm">
        <Text>{error.message}</Text>
        {error instanceof ServiceError && error.details.length > 0 && (
          <ul>
            {error.details.map((detail) => (
              <li key={`${detail.target} ${detail.message}`}>
                {detail.target && <code>{detail.target}</code>} {detail.message}
              </li>
            ))}
          </ul>
        )}
        <Group>
          {reset && (
            <Button variant="default" onClick={reset}>
              Try again
            </Button>
          )}
          {code && (
            <Text size="sm" c="dimmed">
              {code}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

export function NotFound() {
  return (
    <Stack>
      <Title order={1}>There is no such page</Title>
      <Text>
        Go on with <Link to="/endpoints">the endpoints</Link>.
      </Text>
    </Stack>
  );
}
