import { Alert, Badge, Button, Group, Radio, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { Row } from "../../api/rows";
import type { Column } from "../../api/tables";
import classes from "./Grid.module.css";
import type { Conflict } from "./useSaving";
import { shown } from "./values";

interface ConflictProps {
  properties: readonly Column[];
  conflict: Conflict;
  isSaving: boolean;
  /** @param changes What of the user's values is to be stored over what is there now. */
  onSave: (changes: Row) => void;
  onGiveUp: () => void;
}

type Side = "yours" | "theirs";

/** Yours, theirs and what it was before, side by side; the user says for each property which of them it shall be. */
export function ConflictTable({ properties, conflict: { before, yours, theirs }, isSaving, onSave, onGiveUp }: ConflictProps) {
  // Of what was not read before, nobody can say whether it has changed.
  const concerned = properties.filter(({ name }) => name in yours || (name in before && !isSame(before[name], theirs.row[name])));
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({});
  const sideOf = (name: string): Side => (name in yours ? (chosen[name] ?? "yours") : "theirs");
  const changes = Object.fromEntries(concerned.filter(({ name }) => sideOf(name) === "yours" && !isSame(yours[name], theirs.row[name])).map(({ name }) => [name, yours[name]]));

  return (
    <Alert color="yellow" role="alert" title="Somebody else has changed this row meanwhile">
      <Stack>
        <Text>Nothing of yours was saved. Choose what shall be stored.</Text>
        <Table.ScrollContainer minWidth={520}>
          <Table withTableBorder>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Property</Table.Th>
                <Table.Th>Before</Table.Th>
                <Table.Th>Yours</Table.Th>
                <Table.Th>Theirs</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {concerned.map(({ name }) => {
                const isBoth = name in yours && !isSame(before[name], theirs.row[name]) && !isSame(yours[name], theirs.row[name]);
                const choose = (side: Side) => () => setChosen({ ...chosen, [name]: side });
                return (
                  <Table.Tr key={name}>
                    <Table.Th scope="row">
                      {name} {isBoth && <Badge color="yellow.3" c="black">both</Badge>}
                    </Table.Th>
                    <Table.Td>
                      <Value value={before[name]} />
                    </Table.Td>
                    <Table.Td>
                      {name in yours ? (
                        <Radio name={name} checked={sideOf(name) === "yours"} onChange={choose("yours")} aria-label={`Yours for ${name}`} label={<Value value={yours[name]} />} />
                      ) : (
                        <Text size="sm">not changed</Text>
                      )}
                    </Table.Td>
                    <Table.Td>
                      {name in yours ? (
                        <Radio name={name} checked={sideOf(name) === "theirs"} onChange={choose("theirs")} aria-label={`Theirs for ${name}`} label={<Value value={theirs.row[name]} />} />
                      ) : (
                        <Value value={theirs.row[name]} />
                      )}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Group>
          <Button onClick={() => onSave(changes)} loading={isSaving} disabled={Object.keys(changes).length === 0}>
            Save the chosen values
          </Button>
          <Button variant="default" onClick={onGiveUp}>
            Keep theirs
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function Value({ value }: { value: unknown }) {
  return value === null || value === undefined ? <span className={classes["null"]}>null</span> : <span className={classes["value"]}>{shown(value)}</span>;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
