import { Anchor, Button, Checkbox, Drawer, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { tablesQuery } from "../../api/configurations";
import classes from "./editor/Editor.module.css";
import type { NewEndpointSearch } from "./routes";
import { TablePreview } from "./TablePreview";

const route = getRouteApi("/endpoints/new");

/** The tables and views of the database, to take one or many of them. */
export function TablePicker() {
  const search = route.useSearch();
  const { tables: chosen = [], search: wanted = "", preview } = search;
  const navigate = route.useNavigate();
  const { data: tables } = useSuspenseQuery(tablesQuery);
  const shown = tables.filter((table) => `${table.Name} ${table.Description ?? ""}`.toLowerCase().includes(wanted.toLowerCase()));
  const go = (search: NewEndpointSearch, replace = true) => void navigate({ search, replace, resetScroll: false });
  const { search: _, ...withoutSearch } = search;
  const { preview: __, ...withoutPreview } = search;
  const choose = (names: readonly string[]) => go({ ...search, tables: names });
  const shownNames = shown.map((table) => table.Name);
  const chosenShown = shownNames.filter((name) => chosen.includes(name));
  return (
    <>
      <Text>Which tables or views do you want to open? Take one by its name, or tick many. Nothing is changed before you publish.</Text>
      <TextInput label="Search" type="search" maw={360} value={wanted} onChange={(event) => go(event.currentTarget.value ? { ...search, search: event.currentTarget.value } : withoutSearch)} />
      {shown.length === 0 ? (
        <Text>{tables.length === 0 ? "The database has no table that could be published. Make one, and come back." : `No table is like “${wanted}”.`}</Text>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>
                  <Checkbox
                    aria-label="All that are shown"
                    checked={chosenShown.length === shownNames.length}
                    indeterminate={chosenShown.length > 0 && chosenShown.length < shownNames.length}
                    onChange={(event) => choose(event.currentTarget.checked ? [...new Set([...chosen, ...shownNames])] : chosen.filter((name) => !shownNames.includes(name)))}
                  />
                </Table.Th>
                <Table.Th>Table</Table.Th>
                <Table.Th>Kind</Table.Th>
                <Table.Th ta="right">Columns</Table.Th>
                <Table.Th ta="right">Rows, about</Table.Th>
                <Table.Th>Published as</Table.Th>
                <Table.Th>Rows</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((table) => (
                <Table.Tr key={table.Name}>
                  <Table.Td>
                    <Checkbox
                      aria-label={`Take ${table.Name}`}
                      checked={chosen.includes(table.Name)}
                      onChange={(event) => choose(event.currentTarget.checked ? [...chosen, table.Name] : chosen.filter((name) => name !== table.Name))}
                    />
                  </Table.Td>
                  <Table.Td>
                    <Anchor fz="inherit" renderRoot={(props) => <Link {...props} to="/endpoints/new" search={{ table: table.Name }} />}>{table.Name}</Anchor>
                    {table.Description && (
                      <Text size="sm" c="dimmed">
                        {table.Description}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{table.IsView ? "View" : "Table"}</Table.Td>
                  <Table.Td ta="right">{table.Columns}</Table.Td>
                  <Table.Td ta="right">{table.EstimatedRows?.toLocaleString()}</Table.Td>
                  <Table.Td>{table.PublishedAs.join(", ")}</Table.Td>
                  <Table.Td>
                    <Button variant="subtle" size="compact-sm" aria-label={`Preview ${table.Name}`} onClick={() => go({ ...search, preview: table.Name }, false)}>
                      Preview
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <div className={classes["bar"]}>
        <Group>
          <Button disabled={chosen.length === 0} onClick={() => (chosen.length === 1 ? void navigate({ search: { table: chosen[0]! } }) : go({ tables: chosen, step: "names" }, false))}>
            {chosen.length > 1 ? `Go on with ${chosen.length} tables` : "Go on"}
          </Button>
          <Text size="sm" role="status">
            {chosen.length === 0 ? "Nothing is ticked yet." : chosen.join(", ")}
          </Text>
        </Group>
      </div>
      <Drawer opened={preview !== undefined} onClose={() => go(withoutPreview)} position="bottom" size="70%" title={`The first rows of ${preview ?? ""}`} closeButtonProps={{ "aria-label": "Close" }}>
        {preview && (
          <Stack>
            <TablePreview table={preview} />
          </Stack>
        )}
      </Drawer>
    </>
  );
}
