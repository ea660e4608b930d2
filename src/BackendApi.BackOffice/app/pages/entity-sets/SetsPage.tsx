import { Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { modelQuery } from "../../api/model";

/** The entity sets that the signed-in user may see. */
export function SetsPage() {
  const { data: model } = useSuspenseQuery(modelQuery);
  const [wanted, setWanted] = useState("");
  const sets = model.sets.filter((set) => `${set.name} ${set.description ?? ""}`.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Stack>
      <Title order={1}>Data</Title>
      <TextInput label="Search" type="search" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} maw={360} />
      {sets.length === 0 ? (
        <Text>{model.sets.length === 0 ? "You may see no entity set yet: ask an administrator for a role." : `No entity set is named like “${wanted}”.`}</Text>
      ) : (
        <Table.ScrollContainer minWidth={480}>
          <Table striped highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Entity set</Table.Th>
                <Table.Th>Description</Table.Th>
                <Table.Th ta="right">Properties</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sets.map((set) => (
                <Table.Tr key={set.name}>
                  <Table.Td>
                    <Link to="/data/$set" params={{ set: set.name }}>
                      {set.name}
                    </Link>
                  </Table.Td>
                  <Table.Td>{set.description}</Table.Td>
                  <Table.Td ta="right">{set.properties.length}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
