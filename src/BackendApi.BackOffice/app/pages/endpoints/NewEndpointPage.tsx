import { Alert, Button, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { forgetPublished, previewQuery, publish, suggestionQuery, tablesQuery, type Configuration } from "../../api/configurations";
import { Failure, Pending } from "../../shell/Outcomes";
import { ConfigurationForm } from "./ConfigurationForm";
import { chosen, draftOf, type Draft } from "./draft";

const route = getRouteApi("/endpoints/new");

/** An endpoint of a table: the catalogue suggests everything, and nothing but the table has to be chosen. */
export function NewEndpointPage() {
  const { table } = route.useSearch();
  return (
    <Stack>
      <Title order={1}>New endpoint</Title>
      {table ? <Suggested key={table} table={table} /> : <Tables />}
    </Stack>
  );
}

function Tables() {
  const { data: tables } = useSuspenseQuery(tablesQuery);
  const [wanted, setWanted] = useState("");
  const shown = tables.filter((table) => `${table.Name} ${table.Description ?? ""}`.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <>
      <Text>Which table or view do you want to open? Nothing is changed before you publish.</Text>
      <TextInput label="Search" type="search" maw={360} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} />
      {shown.length === 0 && <Text>{tables.length === 0 ? "The database has no table that could be published. Make one, and come back." : `No table is like “${wanted}”.`}</Text>}
      <Table.ScrollContainer minWidth={480}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Table</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th ta="right">Columns</Table.Th>
              <Table.Th ta="right">Rows, about</Table.Th>
              <Table.Th>Published as</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((table) => (
              <Table.Tr key={table.Name}>
                <Table.Td>
                  <Link to="/endpoints/new" search={{ table: table.Name }}>
                    {table.Name}
                  </Link>
                </Table.Td>
                <Table.Td>{table.IsView ? "View" : "Table"}</Table.Td>
                <Table.Td ta="right">{table.Columns}</Table.Td>
                <Table.Td ta="right">{table.EstimatedRows?.toLocaleString()}</Table.Td>
                <Table.Td>{table.PublishedAs.join(", ")}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

function Suggested({ table }: { table: string }) {
  const { data: suggestion } = useSuspenseQuery(suggestionQuery(table));
  const [draft, setDraft] = useState<Draft>(() => draftOf(suggestion, suggestion));
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const publishing = useMutation({
    mutationFn: () => publish({ ...suggestion, ...chosen(draft) }),
    onSuccess: async (published: Configuration) => {
      forgetPublished(queries);
      await navigate({ to: "/endpoints/$alias", params: { alias: published.alias } });
    },
  });
  return (
    <>
      <Text>
        Of the table <strong>{table}</strong>. <Link to="/endpoints/new">Another table</Link>
      </Text>
      <Preview table={table} />
      <ConfigurationForm draft={draft} onChange={setDraft} failure={publishing.error} isNew />
      <Group>
        <Button onClick={() => publishing.mutate()} loading={publishing.isPending}>
          Publish
        </Button>
      </Group>
    </>
  );
}

function Preview({ table }: { table: string }) {
  const preview = useQuery(previewQuery(table));
  if (preview.error) return <Failure error={preview.error} reset={() => void preview.refetch()} />;
  if (!preview.data) return <Pending />;
  const rows = preview.data.Rows.map((row) => JSON.parse(row) as Record<string, unknown>);
  if (rows.length === 0) return <Alert color="gray">The table has no rows yet.</Alert>;
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table withTableBorder captionSide="top">
        <Table.Caption>The first rows</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {preview.data.Columns.map((column) => (
              <Table.Th key={column.Column}>{column.Column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={index}>
              {preview.data.Columns.map((column) => (
                <Table.Td key={column.Column}>{String(row[column.Name] ?? "")}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
