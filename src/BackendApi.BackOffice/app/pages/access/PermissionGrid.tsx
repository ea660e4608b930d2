import { Badge, Button, Checkbox, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { canBeGranted, everySet, flags, grants, isNarrowed, nothingOn, withVerbs, type Grants, type Subject } from "./permissions";
import { verbs } from "./scopes";

interface PermissionGridProps {
  subjects: readonly Subject[];
  value: Grants;
  onChange: (grants: Grants) => void;
  search: string;
  onSearch: (search: string) => void;
  onOpen: (set: string) => void;
  isDisabled: boolean;
}

/** More would take long to draw, and nobody reads that far. */
const mostRows = 100;

/** Sets and operations below each other, what can be done with them beside each other. */
export function PermissionGrid({ subjects, value, onChange, search, onSearch, onOpen, isDisabled }: PermissionGridProps) {
  const wanted = search.toLowerCase();
  const found = subjects.filter((subject) => labelOf(subject).toLowerCase().includes(wanted));
  const shown = found.slice(0, mostRows);
  const isTicked = (subject: Subject, verb: (typeof verbs)[number]) => value.get(subject.name)?.[flags[verb]] ?? false;
  return (
    <Stack>
      <TextInput label="Search sets and operations" type="search" maw={360} value={search} onChange={(event) => onSearch(event.currentTarget.value)} />
      <Table.ScrollContainer minWidth={720}>
        <Table highlightOnHover captionSide="top">
          <Table.Caption ta="start">What is not ticked is not there for who has only this role.</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Set or operation</Table.Th>
              {verbs.map((verb) => {
                const able = found.filter((subject) => subject.kind !== "every" && canBeGranted(subject, verb));
                const ticked = able.filter((subject) => isTicked(subject, verb)).length;
                return (
                  <Table.Th key={verb}>
                    <Checkbox
                      label={verb}
                      aria-label={`${verb} all ${search ? "that were found" : ""}`.trim()}
                      checked={able.length > 0 && ticked === able.length}
                      indeterminate={ticked > 0 && ticked < able.length}
                      disabled={isDisabled || able.length === 0}
                      onChange={() => onChange(withVerbs(value, able, [verb], ticked < able.length))}
                    />
                  </Table.Th>
                );
              })}
              <Table.Th>Row</Table.Th>
              <Table.Th>Columns and rows</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((subject) => {
              const permission = value.get(subject.name) ?? nothingOn(subject.name);
              const label = labelOf(subject);
              const hasAll = verbs.every((verb) => !canBeGranted(subject, verb) || permission[flags[verb]]);
              return (
                <Table.Tr key={subject.name}>
                  <Table.Td title={subject.description}>
                    {label} {subject.kind === "gone" && <Badge color="gray.8">Not published</Badge>}
                    {subject.kind === "operation" && (
                      <Text span size="xs" c="dimmed">
                        operation
                      </Text>
                    )}
                  </Table.Td>
                  {verbs.map((verb) => (
                    <Table.Td key={verb}>
                      {canBeGranted(subject, verb) && (
                        <Checkbox aria-label={`${verb} ${label}`} checked={permission[flags[verb]]} disabled={isDisabled} onChange={() => onChange(withVerbs(value, [subject], [verb], !permission[flags[verb]]))} />
                      )}
                    </Table.Td>
                  ))}
                  <Table.Td>
                    <Button size="compact-xs" variant="subtle" disabled={isDisabled} aria-label={`${hasAll ? "None" : "All"} on ${label}`} onClick={() => onChange(withVerbs(value, [subject], verbs, !hasAll))}>
                      {hasAll ? "None" : "All"}
                    </Button>
                  </Table.Td>
                  <Table.Td>
                    {subject.kind !== "operation" && (
                      <Group gap="xs" wrap="nowrap">
                        <Button size="compact-xs" variant="default" disabled={!grants(permission)} aria-label={`${isNarrowed(permission) ? "Some" : "All"} columns and rows of ${label}`} onClick={() => onOpen(subject.name)}>
                          {isNarrowed(permission) ? "Some" : "All"}
                        </Button>
                        {permission.RowFilter && (
                          <Text size="xs" c="dimmed" truncate maw={160}>
                            {permission.RowFilter}
                          </Text>
                        )}
                      </Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.length === 0 && <Text role="status">No set or operation is like “{search}”.</Text>}
      {found.length > shown.length && <Text c="dimmed">{found.length - shown.length} more: search for them.</Text>}
    </Stack>
  );
}

export const labelOf = (subject: Pick<Subject, "name">) => (subject.name === everySet ? "Every set, also later ones" : subject.name);
