import { ActionIcon, Anchor, Button, Group, Menu, SegmentedControl, Stack, Table, Text, TextInput, Title, VisuallyHidden } from "@mantine/core";
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { configurationsQuery, forgetPublished, setActive, tablesQuery } from "../../api/configurations";
import { modelQuery } from "../../api/model";
import { callsQuery } from "../../api/statistics";
import { Icon } from "../../shell/Icon";
import { Failure } from "../../shell/Outcomes";
import { State, stateOf, states, type StateName } from "./State";
import { TakeOff, type TakeOffKind } from "./TakeOff";

const route = getRouteApi("/endpoints");

/** What is published, and what could be. */
export function EndpointsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: configurations } = useSuspenseQuery(configurationsQuery);
  // Rows and calls are good to know, and nothing to wait for.
  const tables = useQuery(tablesQuery);
  const { data: model } = useSuspenseQuery(modelQuery);
  const isCounted = model.set("RequestStatistics") !== undefined;
  const calls = useQuery({ ...callsQuery, enabled: isCounted });
  const rowsOf = new Map(tables.data?.flatMap((table) => table.PublishedAs.map((alias) => [alias, table.EstimatedRows] as const)));
  const [taking, setTaking] = useState<{ alias: string; kind: TakeOffKind }>();
  const queries = useQueryClient();
  const activating = useMutation({ mutationFn: (alias: string) => setActive(alias, true), onSuccess: () => forgetPublished(queries) });
  const wanted = (search.search ?? "").toLowerCase();
  const shown = configurations.filter(
    (each) => `${each.alias} ${each.entitySet} ${each.table} ${each.description ?? ""}`.toLowerCase().includes(wanted) && (!search.state || stateOf(each) === search.state),
  );
  const narrow = (changes: { search?: string; state?: StateName | undefined }) => {
    const { search: text, state } = { ...search, ...changes };
    void navigate({ search: { ...(text ? { search: text } : {}), ...(state ? { state } : {}) }, replace: true });
  };

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Endpoints</Title>
        <Button renderRoot={(props) => <Link {...props} to="/endpoints/new" />}>New endpoint</Button>
      </Group>
      <Group align="end">
        <TextInput label="Search" type="search" w={300} maw="100%" value={search.search ?? ""} onChange={(event) => narrow({ search: event.currentTarget.value })} />
        <SegmentedControl
          aria-label="State"
          data={[{ value: "all", label: "All" }, ...states]}
          value={search.state ?? "all"}
          onChange={(value) => narrow({ state: states.find((state) => state.value === value)?.value })}
        />
      </Group>
      {activating.error && <Failure error={activating.error} />}
      {configurations.length === 0 ? (
        <Text>
          Nothing is published yet: <Link to="/endpoints/new">make an endpoint of a table</Link>.
        </Text>
      ) : shown.length === 0 ? (
        <Text>
          No endpoint is like that. <Link to="/endpoints">Show all</Link>, or <Link to="/endpoints/new">make one of a table</Link>.
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={960}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Endpoint</Table.Th>
                <Table.Th>Entity set</Table.Th>
                <Table.Th>Table</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th ta="right">Rows, about</Table.Th>
                {isCounted && <Table.Th ta="right">Calls in the last day</Table.Th>}
                <Table.Th>Description</Table.Th>
                <Table.Th>
                  <VisuallyHidden>Actions</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((each) => (
                <Table.Tr key={each.alias}>
                  <Table.Td>
                    <Anchor fz="inherit" renderRoot={(props) => <Link {...props} to="/endpoints/$alias" params={{ alias: each.alias }} />}>{each.alias}</Anchor>
                  </Table.Td>
                  <Table.Td>{each.entitySet}</Table.Td>
                  <Table.Td>{each.table}</Table.Td>
                  <Table.Td>
                    <State of={stateOf(each)} />
                  </Table.Td>
                  <Table.Td ta="right">{rowsOf.get(each.alias)?.toLocaleString()}</Table.Td>
                  {isCounted && (
                    <Table.Td ta="right">
                      {calls.data && (
                        <Link to="/activity" search={{ set: each.entitySet }} aria-label={`${(calls.data.get(each.entitySet) ?? 0).toLocaleString()} calls of ${each.entitySet}`}>
                          {(calls.data.get(each.entitySet) ?? 0).toLocaleString()}
                        </Link>
                      )}
                    </Table.Td>
                  )}
                  <Table.Td>{each.problems[0]?.Message ?? each.description}</Table.Td>
                  <Table.Td>
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <ActionIcon variant="subtle" aria-label={`Actions for ${each.alias}`} loading={activating.isPending && activating.variables === each.alias}>
                          <Icon path="M12 5v.01M12 12v.01M12 19v.01" />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        {each.isActive ? (
                          <Menu.Item onClick={() => setTaking({ alias: each.alias, kind: "deactivate" })}>Deactivate…</Menu.Item>
                        ) : (
                          <Menu.Item onClick={() => activating.mutate(each.alias)}>Activate</Menu.Item>
                        )}
                        <Menu.Item renderRoot={(props) => <Link {...props} to="/versions" search={{ alias: each.alias }} />}>Versions</Menu.Item>
                        <Menu.Item c="var(--mantine-color-error)" onClick={() => setTaking({ alias: each.alias, kind: "delete" })}>
                          Delete…
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {taking && <TakeOff {...taking} onClose={() => setTaking(undefined)} onDone={() => setTaking(undefined)} />}
    </Stack>
  );
}
