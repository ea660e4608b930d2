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

/** What the caller's roles do not let them see, and whom to ask. */
export function Refused({ what, set }: { what: string; set?: string | undefined }) {
  return (
    <Stack>
      <Title order={1}>{what}</Title>
      <Alert color="yellow" role="alert" title="You may not see this page">
        {set ? (
          <>
            It needs the right to read <code>{set}</code>, which none of your roles grants.
          </>
        ) : (
          "None of your roles grants you the right to read anything."
        )}{" "}
        Ask an administrator for it. <Link to="/account">Your account</Link> shows what you may see.
      </Alert>
    </Stack>
  );
}
