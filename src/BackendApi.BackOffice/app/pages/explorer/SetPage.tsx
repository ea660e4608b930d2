import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { read, serviceRoot } from "../../api/http";
import { modelQuery, type EntitySet, type Model, type StructuredType } from "../../api/model";
import { shortType } from "../../shell/expressions/completion";
import { OpenIn } from "../../shell/feeds/OpenIn";
import { capabilitiesOf } from "./capabilities";
import { manyOf } from "./diagram/shape";
import { NoSuchSet } from "./NoSuchSet";
import { Operations } from "./Operations";
import { PropertiesTable } from "./PropertiesTable";

const route = getRouteApi("/explorer/$set");

/** All that the model says of a set. */
export function SetPage() {
  const { set: name } = route.useParams();
  const { data: model } = useSuspenseQuery(modelQuery);
  const set = model.resource(name);
  if (!set) return <NoSuchSet name={name} />;
  return <Page key={name} model={model} set={set} />;
}

function Page({ model, set }: { model: Model; set: EntitySet }) {
  const example = useQuery({
    queryKey: ["rows", set.name, "example"],
    queryFn: async ({ signal }) => (set.isSingleton ? await read<Row>(`odata/${set.name}`, signal) : ((await read<{ value: Row[] }>(`odata/${set.name}?$top=1`, signal)).value[0] ?? null)),
    retry: false,
  });
  const address = new URL(`odata/${set.name}`, serviceRoot).href;
  const bound = model.operations.filter((operation) => operation.binding?.type === set.type);

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{set.name}</Title>
        {!set.isSingleton && (
          <Group gap="xs">
            <Button renderRoot={(props) => <Link {...props} to="/explorer/$set/query" params={{ set: set.name }} />}>Query</Button>
            <Button variant="default" renderRoot={(props) => <Link {...props} to="/data/$set" params={{ set: set.name }} />}>
              Show the data
            </Button>
            <OpenIn feed={{ name: set.name, address, options: [] }} />
          </Group>
        )}
      </Group>
      {set.description && <Text>{set.description}</Text>}
      <Text size="sm">
        <a href={address}>{address}</a> ·{" "}
        <Link to="/explorer" search={{ set: set.name }}>
          In the diagram
        </Link>
      </Text>

      <Title order={2}>Properties</Title>
      <PropertiesTable model={model} of={set} set={set} {...(example.data ? { example: example.data } : {})} />
      {model.derivedFrom(set.type).map((type) => (
        <Stack key={type.name} gap="xs">
          <Title order={3}>{shortType(type.name, false)}</Title>
          <Text>Derived from {shortType(type.baseType!, false)}, with these properties besides.</Text>
          <PropertiesTable model={model} of={{ key: [], properties: type.properties.slice(model.type(type.baseType!)!.properties.length) }} />
        </Stack>
      ))}
      {complexTypes(set, model).map((type) => (
        <Stack key={type.name} gap="xs">
          <Title order={3}>{shortType(type.name, false)}</Title>
          {type.description && <Text>{type.description}</Text>}
          <PropertiesTable model={model} of={type} />
        </Stack>
      ))}

      {set.navigations.length > 0 && <Navigations set={set} />}
      <Operations title="Functions and actions" operations={bound} model={model} />
      <Capabilities set={set} />
    </Stack>
  );
}

type Row = Record<string, unknown>;

function Navigations({ set }: { set: EntitySet }) {
  return (
    <>
      <Title order={2}>Relations</Title>
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Leads to</Table.Th>
              <Table.Th>How many</Table.Th>
              <Table.Th>Way back</Table.Th>
              <Table.Th>Description</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {set.navigations.map((navigation) => (
              <Table.Tr key={navigation.name}>
                <Table.Td>{navigation.name}</Table.Td>
                <Table.Td>
                  {navigation.target ? (
                    <Link to="/explorer/$set" params={{ set: navigation.target }}>
                      {navigation.target}
                    </Link>
                  ) : (
                    shortType(navigation.type, false)
                  )}
                </Table.Td>
                <Table.Td>{manyOf(navigation)}</Table.Td>
                <Table.Td>{navigation.partner}</Table.Td>
                <Table.Td>{navigation.description}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

function Capabilities({ set }: { set: EntitySet }) {
  const capabilities = capabilitiesOf(set);
  if (capabilities.length === 0) return null;
  return (
    <>
      <Title order={2}>What requests may do</Title>
      <Table maw={560}>
        <Table.Tbody>
          {capabilities.map(({ what, isAllowed, detail }) => (
            <Table.Tr key={what}>
              <Table.Th scope="row">{what}</Table.Th>
              <Table.Td>
                {isAllowed ? "Yes" : "No"}
                {detail && `, ${detail}`}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

/** The complex types of a set's properties, and those of theirs. */
function complexTypes(set: EntitySet, model: Model): StructuredType[] {
  const found = new Map<string, StructuredType>();
  const walk = (properties: EntitySet["properties"]) => {
    for (const property of properties) {
      const type = model.type(property.type);
      if (!type || found.has(type.name)) continue;
      found.set(type.name, type);
      walk(type.properties);
    }
  };
  walk(set.properties);
  return [...found.values()];
}
