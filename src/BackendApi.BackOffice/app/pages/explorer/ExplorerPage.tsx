import { Group, SegmentedControl, Select, Stack, Table, Text, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { modelQuery, type Model } from "../../api/model";
import { Pending } from "../../shell/Outcomes";
import { isLarge } from "./diagram/shape";
import { Operations } from "./Operations";
import { Relations } from "./Relations";

const Diagram = lazy(() => import("./diagram/Diagram"));
const route = getRouteApi("/explorer");

/** The model that the signed-in user sees: as a drawing, and as a list for whom a drawing is of no use. */
export function ExplorerPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: model } = useSuspenseQuery(modelQuery);
  const resources = [...model.sets, ...model.singletons];
  const focus = (set: string | null) => void navigate({ search: (before) => ({ ...(before.view ? { view: before.view } : {}), ...(set ? { set } : {}) }) });

  if (resources.length === 0)
    return (
      <Stack>
        <Title order={1}>Explorer</Title>
        <Text>
          There is nothing to explore yet. <Link to="/endpoints/new">Publish a table</Link>, or ask an administrator for a role.
        </Text>
      </Stack>
    );

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Explorer</Title>
        <SegmentedControl
          aria-label="How the model is shown"
          value={search.view ?? "diagram"}
          onChange={(view) => void navigate({ search: (before) => ({ ...(view === "list" ? { view: "list" as const } : {}), ...(before.set ? { set: before.set } : {}) }) })}
          data={[
            { value: "diagram", label: "Diagram" },
            { value: "list", label: "List" },
          ]}
        />
      </Group>
      {search.view === "list" ? (
        <>
          <ModelList model={model} />
          <Operations title="Functions and actions" operations={model.operations.filter((operation) => !operation.binding)} model={model} />
        </>
      ) : (
        <>
          <Group align="end">
            <Select label="Find an entity set" placeholder="All" data={resources.map((set) => set.name)} value={search.set ?? null} onChange={focus} searchable clearable clearButtonProps={{ "aria-label": "Show all" }} maw={360} flex={1} />
            {search.set && (
              <Link to="/explorer/$set" params={{ set: search.set }}>
                Show {search.set}
              </Link>
            )}
            {search.set && isLarge(model) && <Text size="sm">With what it is related to. Clear the field to see all.</Text>}
          </Group>
          <Suspense fallback={<Pending />}>
            <Diagram model={model} focus={search.set} onFocus={focus} />
          </Suspense>
        </>
      )}
    </Stack>
  );
}

function ModelList({ model }: { model: Model }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table highlightOnHover verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Entity set</Table.Th>
            <Table.Th>Description</Table.Th>
            <Table.Th>Key</Table.Th>
            <Table.Th>Leads to</Table.Th>
            <Table.Th ta="right">Properties</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...model.sets, ...model.singletons].map((set) => (
            <Table.Tr key={set.name}>
              <Table.Td>
                <Link to="/explorer/$set" params={{ set: set.name }}>
                  {set.name}
                </Link>
              </Table.Td>
              <Table.Td>{set.description}</Table.Td>
              <Table.Td>{set.key.join(", ")}</Table.Td>
              <Table.Td>
                <Relations navigations={set.navigations} />
              </Table.Td>
              <Table.Td ta="right">{set.properties.length}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
