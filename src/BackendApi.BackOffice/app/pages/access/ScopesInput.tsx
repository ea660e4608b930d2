import { ActionIcon, Button, Checkbox, Group, Radio, Select, Stack, Table } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { modelQuery } from "../../api/model";
import { Icon } from "../../shell/Icon";
import { operationsOf } from "./permissions";
import { choiceOf, isUnlimited, scopesOf, unlimited, verbs, type ScopeChoice, type Verb } from "./scopes";

interface ScopesInputProps {
  value: readonly string[];
  onChange: (scopes: readonly string[]) => void;
}

const readOnly = ["*:read"] as const;

/** The most that somebody may do, whatever the roles allow: everything, reading, or what is ticked. */
export function ScopesInput({ value, onChange }: ScopesInputProps) {
  const [kind, setKind] = useState(isUnlimited(value) ? "all" : value.length === 1 && value[0] === readOnly[0] ? "read" : "chosen");
  const change = (next: string) => {
    setKind(next);
    onChange(next === "all" ? unlimited : next === "read" ? readOnly : []);
  };
  return (
    <Stack gap="xs">
      <Radio.Group label="Scopes" description="They take rights away, and never give any that the roles do not." value={kind} onChange={change}>
        <Stack gap="xs" mt="xs">
          <Radio value="all" label="All that the roles allow" />
          <Radio value="read" label="Reading only" />
          <Radio value="chosen" label="Only what is ticked here" />
        </Stack>
      </Radio.Group>
      {kind === "chosen" && <Choice choice={choiceOf(value)} onChange={(choice) => onChange(scopesOf(choice))} />}
    </Stack>
  );
}

function Choice({ choice, onChange }: { choice: ScopeChoice; onChange: (choice: ScopeChoice) => void }) {
  const { data: model } = useSuspenseQuery(modelQuery);
  const free = [...model.sets.map((set) => set.name), ...operationsOf(model)].filter((name) => !choice.has(name));
  const withVerbs = (set: string, chosen: ReadonlySet<Verb>) => onChange(new Map(choice).set(set, chosen));
  const without = (set: string) => onChange(new Map([...choice].filter(([each]) => each !== set)));
  return (
    <Stack gap="xs">
      {choice.size > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Set or operation</Table.Th>
                {verbs.map((verb) => (
                  <Table.Th key={verb}>{verb}</Table.Th>
                ))}
                <Table.Th aria-label="Take away" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...choice].map(([set, chosen]) => (
                <Table.Tr key={set}>
                  <Table.Td>{set === "*" ? "Every set" : set}</Table.Td>
                  {verbs.map((verb) => (
                    <Table.Td key={verb}>
                      <Checkbox aria-label={`${verb} ${set}`} checked={chosen.has(verb)} onChange={() => withVerbs(set, toggled(chosen, verb))} />
                    </Table.Td>
                  ))}
                  <Table.Td>
                    <ActionIcon variant="subtle" color="gray" aria-label={`Take ${set} away`} onClick={() => without(set)}>
                      <Icon path="M6 6l12 12M18 6L6 18" />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Group align="end">
        <Select
          label="Add a set"
          placeholder="Choose one"
          searchable
          value={null}
          data={free}
          nothingFoundMessage="No set is called so"
          onChange={(set) => set && withVerbs(set, new Set(["read"]))}
        />
        {!choice.has("*") && (
          <Button variant="default" onClick={() => withVerbs("*", new Set(["read"]))}>
            Add every set
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** None ticked would be no scope at all: the last one stays until the row goes. */
function toggled(chosen: ReadonlySet<Verb>, verb: Verb): ReadonlySet<Verb> {
  const next = new Set(chosen);
  if (!next.delete(verb)) next.add(verb);
  return next.size > 0 ? next : chosen;
}
