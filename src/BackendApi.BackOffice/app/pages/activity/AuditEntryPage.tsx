import { Group, Mark, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { auditEntryQuery, changesOf, type AuditEntry, type EntityChange } from "../../api/audit";
import { modelQuery } from "../../api/model";
import { Moment } from "../../shell/Moment";
import { Failure, NotFound, Pending } from "../../shell/Outcomes";
import classes from "./AuditEntryPage.module.css";
import { whence } from "./AuditPage";

const route = getRouteApi("/audit/$id");

/** One entry of the log: each entity before and after. */
export function AuditEntryPage() {
  const id = Number(route.useParams().id);
  const entry = useQuery({ ...auditEntryQuery(id), enabled: Number.isSafeInteger(id) });
  if (!Number.isSafeInteger(id)) return <NotFound />;
  if (entry.error) return <Failure error={entry.error} reset={() => void entry.refetch()} />;
  if (!entry.data) return <Pending />;
  const { data } = entry;
  const changes = changesOf(data);
  return (
    <Stack>
      <Title order={1}>
        {data.Operation} {data.EntitySet} {data.Key}
      </Title>
      <Text>
        By <Link to="/audit" search={{ who: data.Caller }}>{data.Caller}</Link> ({whence(data)}) on <Moment at={data.At} />
        {data.RequestId && (
          <>
            , request <code>{data.RequestId}</code>
          </>
        )}
        .
      </Text>
      <Group>
        {data.EntitySet && (
          <Link to="/audit" search={{ set: data.EntitySet, ...(data.Key ? { key: data.Key } : {}) }}>
            {data.Key ? "All changes of this entity" : "All changes of this set"}
          </Link>
        )}
        {data.Operation !== "Delete" && <RowLink entry={data} />}
      </Group>
      {changes.length === 0 && <Text>It says nothing more.</Text>}
      {changes.map((change, index) => (
        <Change key={change.key ?? index} change={change} isNamed={changes.length > 1} />
      ))}
    </Stack>
  );
}

/** Where the row is now, for whoever may see its set. */
function RowLink({ entry }: { entry: AuditEntry }) {
  const { data: model } = useSuspenseQuery(modelQuery);
  const set = entry.EntitySet ? model.set(entry.EntitySet) : undefined;
  if (!set || !entry.Key) return null;
  return (
    <Link to="/data/$set/$key" params={{ set: set.name, key: entry.Key }}>
      The row as it is now
    </Link>
  );
}

function Change({ change, isNamed }: { change: EntityChange; isNamed: boolean }) {
  const { before, after } = change;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return null;
  return (
    <Stack gap="xs">
      {isNamed && (
        <Title order={2} size="h4">
          {change.key ?? "Without a key"}
        </Title>
      )}
      <Table layout="fixed" className={classes["change"]} withTableBorder aria-label={change.key ? `Change of ${change.key}` : "Change"}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Member</Table.Th>
            <Table.Th>Before</Table.Th>
            <Table.Th>After</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map((name) => {
            const isChanged = before !== undefined && after !== undefined && JSON.stringify(before[name]) !== JSON.stringify(after[name]);
            return (
              <Table.Tr key={name}>
                <Table.Th scope="row">
                  {name}
                  {isChanged && (
                    <Text span size="xs" c="dimmed">
                      {" "}
                      changed
                    </Text>
                  )}
                </Table.Th>
                <Value has={before !== undefined && name in before} value={before?.[name]} isMarked={isChanged} />
                <Value has={after !== undefined && name in after} value={after?.[name]} isMarked={isChanged} />
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Value({ has, value, isMarked }: { has: boolean; value: unknown; isMarked: boolean }) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return (
    <Table.Td>
      {!has ? (
        <Text span c="dimmed">
          –
        </Text>
      ) : isMarked ? (
        <Mark color="yellow">{text}</Mark>
      ) : (
        text
      )}
    </Table.Td>
  );
}
