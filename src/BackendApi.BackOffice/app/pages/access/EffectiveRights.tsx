import { Alert, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { effectiveQuery, type EffectivePermission } from "../../api/access";
import { modelQuery } from "../../api/model";
import { Failure, Pending } from "../../shell/Outcomes";
import { everySet, flags, isAll, operationsOf } from "./permissions";
import { verbs } from "./scopes";

interface EffectiveRightsProps {
  set: "Users" | "ApiKeys" | "OAuthClients";
  /** Null is whoever asks. */
  of: string | null;
}

/** What a caller sees: each set with what may be done there, with which columns and rows, and the roles that say so. */
export function EffectiveRights({ set, of }: EffectiveRightsProps) {
  const { data: model } = useSuspenseQuery(modelQuery);
  const rights = useQuery(effectiveQuery(set, of));
  const [search, setSearch] = useState("");
  if (rights.error) return <Failure error={rights.error} reset={() => void rights.refetch()} />;
  if (!rights.data) return <Pending />;
  const others = rights.data.filter((each) => each.EntitySet === everySet);
  const on = (name: string) => {
    const own = rights.data.filter((each) => each.EntitySet === name);
    return own.length > 0 ? own : others;
  };
  const rows = [
    ...model.sets.flatMap(({ name }) => on(name).map((right) => ({ name, right }))),
    ...operationsOf(model).flatMap((name) => on(name).filter((right) => right.CanExecute).map((right) => ({ name, right: { ...right, CanRead: false, CanCreate: false, CanUpdate: false, CanDelete: false } }))),
  ].filter(({ right }) => verbs.some((verb) => right[flags[verb]]));
  const shown = rows.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  if (rows.length === 0) return <Alert color="gray">Nothing but what is the caller&apos;s own: no role grants anything.</Alert>;
  return (
    <Stack>
      <TextInput label="Search" type="search" maw={360} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      <Table.ScrollContainer minWidth={860}>
        <Table highlightOnHover captionSide="top">
          <Table.Caption ta="start">Sets that are not listed are not there for this caller. Where a set is listed twice, each row stands for itself, and what they grant adds up.</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Set or operation</Table.Th>
              <Table.Th>May</Table.Th>
              <Table.Th>Reads</Table.Th>
              <Table.Th>Writes</Table.Th>
              <Table.Th>Rows</Table.Th>
              <Table.Th>From the roles</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ name, right }, index) => (
              <Table.Tr key={`${name} ${index}`}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>{verbs.filter((verb) => right[flags[verb]]).join(", ")}</Table.Td>
                <Table.Td>{right.CanRead ? columns(right.Readable) : "–"}</Table.Td>
                <Table.Td>{right.CanCreate || right.CanUpdate ? columns(right.Writable) : "–"}</Table.Td>
                <Table.Td>{right.RowFilter ? <code>{right.RowFilter}</code> : "all"}</Table.Td>
                <Table.Td>{rolesOf(right)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown.length === 0 && <Text role="status">Nothing is like “{search}”.</Text>}
    </Stack>
  );
}

const columns = (mask: readonly string[]) => (isAll(mask) ? "all columns" : mask.join(", ") || "none");

const rolesOf = (right: EffectivePermission) => right.Roles.join(", ");
