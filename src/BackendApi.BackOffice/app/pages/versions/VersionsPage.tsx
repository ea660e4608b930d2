import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { versionsQuery } from "../../api/versions";

const route = getRouteApi("/versions");

/** What every publish has changed, of one endpoint or of all. */
export function VersionsPage() {
  const { alias } = route.useSearch();
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(versionsQuery(alias));
  const versions = data.pages.flatMap((page) => page.value);
  return (
    <Stack>
      <Title order={1}>{alias ? `Versions of ${alias}` : "Versions"}</Title>
      <Text>
        {alias ? <Link to="/versions">Those of all endpoints</Link> : "Every publish is kept: what has changed, when, and by whom."}
      </Text>
      {versions.length === 0 && <Text>Nothing has been published yet.</Text>}
      <Table.ScrollContainer minWidth={560}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Version</Table.Th>
              <Table.Th>Endpoint</Table.Th>
              <Table.Th>What was done</Table.Th>
              <Table.Th>When</Table.Th>
              <Table.Th>By</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((version) => (
              <Table.Tr key={`${version.Number} ${version.Alias}`}>
                <Table.Td>
                  <Link to="/versions/$alias/$number" params={{ alias: version.Alias, number: version.Number }} aria-label={`Version ${version.Number} of ${version.Alias}`}>
                    {version.Number}
                  </Link>
                </Table.Td>
                <Table.Td>{alias ? version.Alias : <Link to="/versions" search={{ alias: version.Alias }}>{version.Alias}</Link>}</Table.Td>
                <Table.Td>
                  {version.Action}
                  {version.Comment && ` — ${version.Comment}`}
                </Table.Td>
                <Table.Td>
                  <time dateTime={version.PublishedAt}>{new Date(version.PublishedAt).toLocaleString()}</time>
                </Table.Td>
                <Table.Td>{version.PublishedBy}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {hasNextPage && (
        <Group>
          <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
            Earlier versions
          </Button>
        </Group>
      )}
    </Stack>
  );
}
