import { Button, Checkbox, Fieldset, Group, NativeSelect, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { columnsQuery, configurationsQuery, suggestionQuery, tablesQuery } from "../../../api/configurations";
import { altered, replaced, type ColumnPair, type Relation, type Through } from "../../../api/document";
import { useEditor } from "./EditorContext";
import { Removable } from "./ListedMembers";
import { idOf } from "./mistakes";

interface CardProps {
  relation: Relation;
  index: number;
  onChange: (relation: Relation | undefined) => void;
}

export function RelationCard({ relation, index, onChange }: CardProps) {
  const { document, mistakes } = useEditor();
  const { data: endpoints } = useSuspenseQuery(configurationsQuery);
  const target = endpoints.find((each) => each.alias === relation.target || each.entitySet === relation.target);
  const path = `relations[${index}]`;
  const placed = (member: string) => ({ id: idOf(`${path}.${member}`), error: mistakes.at(`${path}.${member}`) });
  const own = mistakes.own.filter((mistake) => mistake.path === path);
  const set = (changes: { [Name in keyof Relation]?: Relation[Name] | undefined }) => onChange(altered(relation, changes));
  // The endpoint itself can be its target, also while it is new.
  const targets = [...new Set([document.alias, ...endpoints.map((each) => each.alias), ...(relation.target ? [relation.target] : [])])];
  return (
    <Fieldset legend={relation.name || "New relation"} id={idOf(path)} tabIndex={-1}>
      <Stack>
        {own.map((mistake) => (
          <Text key={mistake.message} c="var(--mantine-color-error)">
            {mistake.message}
          </Text>
        ))}
        <Group align="start" grow preventGrowOverflow={false}>
          <TextInput {...placed("name")} label="Name" value={relation.name} onChange={(event) => set({ name: event.currentTarget.value })} required />
          <Select {...placed("target")} label="Leads to" data={targets} searchable value={relation.target || null} onChange={(alias) => set({ target: alias ?? "" })} required />
          {!relation.through && (
            <NativeSelect
              {...placed("multiplicity")}
              label="How many of them"
              value={relation.multiplicity ?? ""}
              onChange={(event) => set({ multiplicity: event.currentTarget.value || undefined })}
              data={[
                { value: "", label: "As the keys say" },
                { value: "one", label: "One" },
                { value: "many", label: "Many" },
              ]}
            />
          )}
        </Group>
        {relation.through ? (
          <ThroughFields relation={relation} through={relation.through} path={`${path}.through`} targetTable={target?.table} onChange={(through) => set({ through })} />
        ) : (
          <Pairs label="Where" pairs={relation.on ?? []} path={`${path}.on`} from={document.table} to={target?.table} onChange={(on) => set({ on: on.length > 0 ? on : undefined })} />
        )}
        <Group justify="space-between">
          <Checkbox {...placed("isEditable")} label="Rows can be written through it" checked={relation.isEditable ?? false} onChange={(event) => set({ isEditable: event.currentTarget.checked || undefined })} />
          <Button variant="subtle" color="red" size="xs" onClick={() => onChange(undefined)}>
            Remove {relation.name || "the new relation"}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

interface ThroughProps {
  relation: Relation;
  through: Through;
  path: string;
  targetTable: string | undefined;
  onChange: (through: Through) => void;
}

/** The link table of a many-to-many relation. Its foreign keys are offered where they lead to both sides. */
function ThroughFields({ relation, through, path, targetTable, onChange }: ThroughProps) {
  const { document, mistakes } = useEditor();
  const { data: tables } = useSuspenseQuery(tablesQuery);
  const { data: endpoints } = useSuspenseQuery(configurationsQuery);
  const queries = useQueryClient();
  const tableOf = (alias: string) => endpoints.find((each) => each.alias === alias)?.table;
  const choose = async (table: string) => {
    onChange({ ...through, table });
    // Where nothing can be suggested the columns are chosen by hand.
    const suggestion = await queries.fetchQuery(suggestionQuery(table)).catch(() => undefined);
    const links = suggestion?.relations?.filter((each) => each.multiplicity === "one" && each.on) ?? [];
    const into = links.find((each) => tableOf(each.target) === document.table);
    const out = links.find((each) => each !== into && (tableOf(each.target) === targetTable || each.target === relation.target));
    onChange({
      table,
      on: into?.on?.map((pair) => ({ column: pair.targetColumn, targetColumn: pair.column })) ?? through.on,
      to: out?.on ?? through.to,
    });
  };
  return (
    <Stack>
      <Select
        id={idOf(`${path}.table`)}
        label="Through the table"
        description="It holds the keys of both sides, and need not be published."
        data={tables.map((table) => table.Name)}
        searchable
        value={through.table || null}
        error={mistakes.at(`${path}.table`)}
        onChange={(table) => table && void choose(table)}
        required
      />
      <Pairs label="Into it" pairs={through.on} path={`${path}.on`} from={document.table} to={through.table} onChange={(on) => onChange({ ...through, on })} />
      <Pairs label="Out of it" pairs={through.to} path={`${path}.to`} from={through.table} to={targetTable} onChange={(to) => onChange({ ...through, to })} />
    </Stack>
  );
}

interface PairsProps {
  label: string;
  pairs: readonly ColumnPair[];
  path: string;
  from: string | undefined;
  to: string | undefined;
  onChange: (pairs: readonly ColumnPair[]) => void;
}

/** Columns that are the same on both sides. */
function Pairs({ label, pairs, path, from, to, onChange }: PairsProps) {
  const { mistakes } = useEditor();
  const own = mistakes.own.filter((mistake) => mistake.path === path);
  return (
    <Fieldset legend={label} variant="unstyled" id={idOf(path)} tabIndex={-1}>
      <Stack gap="xs" mt="xs">
        {pairs.map((pair, index) => (
          <Removable key={index} label={`pair ${index + 1} of ${label.toLowerCase()}`} onRemove={() => onChange(replaced(pairs, index, undefined))}>
            <Column
              table={from}
              label={`${label}: column${index > 0 ? ` ${index + 1}` : ""} of ${from || "…"}`}
              path={`${path}[${index}].column`}
              value={pair.column}
              onChange={(column) => onChange(replaced(pairs, index, { ...pair, column }))}
            />
            <Text py={6} aria-hidden>
              =
            </Text>
            <Column
              table={to}
              label={`${label}: column${index > 0 ? ` ${index + 1}` : ""} of ${to || "…"}, the other side`}
              path={`${path}[${index}].targetColumn`}
              value={pair.targetColumn}
              onChange={(targetColumn) => onChange(replaced(pairs, index, { ...pair, targetColumn }))}
            />
          </Removable>
        ))}
        {own.map((mistake) => (
          <Text key={mistake.message} size="sm" c="var(--mantine-color-error)">
            {mistake.message}
          </Text>
        ))}
        <Group>
          <Button variant="subtle" size="compact-sm" onClick={() => onChange([...pairs, { column: "", targetColumn: "" }])}>
            {pairs.length === 0 ? "Say the columns" : "And another column"}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

function Column({ table, label, path, value, onChange }: { table: string | undefined; label: string; path: string; value: string; onChange: (column: string) => void }) {
  const { mistakes } = useEditor();
  const { data: columns = [] } = useQuery({ ...columnsQuery(table ?? ""), enabled: Boolean(table) });
  return (
    <Select
      id={idOf(path)}
      flex={1}
      aria-label={label}
      placeholder={table ? `Column of ${table}` : "Choose the other side first"}
      data={[...new Set([...columns.map((column) => column.Column), ...(value ? [value] : [])])]}
      searchable
      value={value || null}
      error={mistakes.at(path)}
      onChange={(column) => onChange(column ?? "")}
    />
  );
}
