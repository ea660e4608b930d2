import { Badge, Button, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { configurationsQuery } from "../../api/configurations";
import { modelQuery } from "../../api/model";
import { callsQuery } from "../../api/statistics";

const route = getRouteApi("/endpoints");

/** What is published, and what could be. */
export function EndpointsPage() {
  const { search = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: configurations } = useSuspenseQuery(configurationsQuery);
  const { data: model } = useSuspenseQuery(modelQuery);
  const isCounted = model.set("RequestStatistics") !== undefined;
  const calls = useQuery({ ...callsQuery, enabled: isCounted });
  const wanted = search.toLowerCase();
  const shown = configurations.filter((each) => `${each.alias} ${each.entitySet} ${each.table} ${each.description ?? ""}`.toLowerCase().includes(wanted));

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Endpoints</Title>
        <Button component={Link} to="/endpoints/new">
          New endpoint
        </Button>
      </Group>
      <TextInput
        label="Search"
        type="search"
        maw={360}
        value={search}
        onChange={(event) => void navigate({ search: event.currentTarget.value ? { search: event.currentTarget.value } : {}, replace: true })}
      />
      {shown.length === 0 ? (
        <Text>
          {configurations.length === 0 ? "Nothing is published yet: " : `No endpoint is like “${search}”: `}
          <Link to="/endpoints/new">make one of a table</Link>.
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Endpoint</Table.Th>
                <Table.Th>Entity set</Table.Th>
                <Table.Th>Table</Table.Th>
                <Table.Th>State</Table.Th>
                {isCounted && <Table.Th>Calls in the last day</Table.Th>}
                <Table.Th>Description</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((each) => (
                <Table.Tr key={each.alias}>
                  <Table.Td>
                    <Link to="/endpoints/$alias" params={{ alias: each.alias }}>
                      {each.alias}
                    </Link>
                  </Table.Td>
                  <Table.Td>{each.entitySet}</Table.Td>
                  <Table.Td>{each.table}</Table.Td>
                  <Table.Td>
                    <State isActive={each.isActive} problems={each.problems.length} />
                  </Table.Td>
                  {isCounted && (
                    <Table.Td>
                      {calls.data && (
                        <Link to="/activity" search={{ set: each.entitySet }} aria-label={`Activity of ${each.entitySet}`}>
                          {(calls.data.get(each.entitySet) ?? 0).toLocaleString()}
                        </Link>
                      )}
                    </Table.Td>
                  )}
                  <Table.Td>{each.problems[0]?.Message ?? each.description}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

export function State({ isActive, problems = 0 }: { isActive: boolean; problems?: number }) {
  if (problems > 0) return <Badge color="red.9">Not served</Badge>;
  return isActive ? <Badge>Active</Badge> : <Badge color="gray.8">Inactive</Badge>;
}
