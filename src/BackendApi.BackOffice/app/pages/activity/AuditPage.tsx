import { Autocomplete, Button, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { auditQuery, type AuditLine } from "../../api/audit";
import { modelQuery } from "../../api/model";
import { Moment } from "../../shell/Moment";
import { Failure, Pending } from "../../shell/Outcomes";
import type { AuditSearch } from "./routes";

const route = getRouteApi("/audit");

/** Who changed what. */
export function AuditPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: model } = useSuspenseQuery(modelQuery);
  // One question for a word, not for each of its letters.
  const look = useDebouncedCallback((changed: AuditSearch) => void navigate({ search: (known) => withoutEmpty({ ...known, ...changed }), replace: true }), 250);
  const isSearched = Object.keys(search).length > 0;
  return (
    <Stack>
      <Title order={1}>Audit log</Title>
      <Text>Every change of data, configuration and access: who made it, when and from where, and what was before and after.</Text>
      <Group key={String(isSearched)} component="search" align="end">
        <TextInput label="Who" type="search" defaultValue={search.who} onChange={(event) => look({ who: event.currentTarget.value })} />
        <Autocomplete label="Set" data={model.sets.map((set) => set.name)} limit={20} defaultValue={search.set ?? ""} onChange={(set) => look({ set })} comboboxProps={{ withinPortal: false }} />
        <TextInput label="Key" type="search" placeholder="7 or ALFKI" defaultValue={search.key} onChange={(event) => look({ key: event.currentTarget.value })} />
        <TextInput label="From" type="date" defaultValue={search.from} onChange={(event) => look({ from: event.currentTarget.value })} />
        <TextInput label="To" type="date" defaultValue={search.to} onChange={(event) => look({ to: event.currentTarget.value })} />
        {isSearched && (
          <Button variant="default" onClick={() => void navigate({ search: {} })}>
            Show all
          </Button>
        )}
      </Group>
      <Entries search={search} isSearched={isSearched} />
    </Stack>
  );
}

function Entries({ search, isSearched }: { search: AuditSearch; isSearched: boolean }) {
  const entries = useInfiniteQuery(auditQuery(search));
  if (entries.error) return <Failure error={entries.error} reset={() => void entries.refetch()} />;
  if (!entries.data) return <Pending />;
  const lines = entries.data.pages.flatMap((page) => page.value);
  if (lines.length === 0)
    return <Text role="status">{isSearched ? "No change is like this. Leave something out, or show all." : "Nothing has been changed yet. What is written through the service will be told here."}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={760}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>When</Table.Th>
              <Table.Th>Who</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th>Set</Table.Th>
              <Table.Th>Key</Table.Th>
              <Table.Th>Rows</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={line.Id}>
                <Table.Td>
                  <Moment at={line.At} />
                </Table.Td>
                <Table.Td>
                  {line.Caller}
                  <Text size="xs" c="dimmed">
                    {whence(line)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Link to="/audit/$id" params={{ id: String(line.Id) }} aria-label={`${line.Operation} ${line.EntitySet ?? ""} ${line.Key ?? ""}, entry ${line.Id}`}>
                    {line.Operation}
                  </Link>
                </Table.Td>
                <Table.Td>{line.EntitySet ?? "–"}</Table.Td>
                <Table.Td>{line.Key ?? "–"}</Table.Td>
                <Table.Td>{line.Rows.toLocaleString()}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {entries.hasNextPage && (
        <Group>
          <Button variant="default" onClick={() => void entries.fetchNextPage()} loading={entries.isFetchingNextPage}>
            Show older ones
          </Button>
        </Group>
      )}
    </>
  );
}

const kinds: Readonly<Record<string, string>> = { User: "user", ApiKey: "API key", Client: "OAuth client", Outside: "another issuer's", System: "the service" };

export const whence = ({ CallerKind, Address }: AuditLine) => `${kinds[CallerKind] ?? CallerKind}${Address ? `, ${Address}` : ""}`;

const withoutEmpty = (search: AuditSearch): AuditSearch => Object.fromEntries(Object.entries(search).filter(([, value]) => value));
