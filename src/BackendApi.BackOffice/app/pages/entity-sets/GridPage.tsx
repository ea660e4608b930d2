import { Alert, Button, Checkbox, Group, NumberInput, Pill, Popover, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { useMemo, useRef, useState, type FormEvent } from "react";
import { modelQuery } from "../../api/model";
import { keyOf, type RowsQuery } from "../../api/rows";
import { tableNamed, type Column, type Table } from "../../api/tables";
import { Failure } from "../../shell/Outcomes";
import { described, filterOf, type Condition } from "./conditions";
import { Grid, type GridHandle } from "./Grid";
import classes from "./Grid.module.css";
import { countQuery } from "./pages";
import { gridSearch, type GridSearch, type GridSearchChanges } from "./search";

const route = getRouteApi("/data/$set");

export function GridPage() {
  const { set: name } = route.useParams();
  const { data: model } = useSuspenseQuery(modelQuery);
  const set = useMemo(() => tableNamed(model, name), [model, name]);
  if (!set)
    return (
      <Stack>
        <Title order={1}>{name}</Title>
        <Alert color="yellow" title={`There is no entity set ${name}`}>
          It may have been deactivated, or your roles do not show it. <Link to="/data">All entity sets</Link>
        </Alert>
      </Stack>
    );
  return (
    <>
      <Rows key={set.name} set={set} />
      <Outlet />
    </>
  );
}

/** The grid of a set. All that is chosen here stands in the address. */
function Rows({ set }: { set: Table }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (changes: GridSearchChanges) => void navigate({ to: "/data/$set", params: { set: set.name }, search: gridSearch({ ...search, ...changes }) });
  const where = search.where ?? [];
  const shownColumns = useMemo(() => columnsOf(set), [set]);
  const chosen = search.columns?.split(",");
  const columns = chosen ? shownColumns.filter((column) => chosen.includes(column.name)) : shownColumns;
  const query: RowsQuery = {
    path: search.of ?? set.name,
    filter: filterOf(set, where, search.filter),
    search: search.search,
    orderBy: search.orderBy,
    select: chosen ? [...new Set([...set.key, ...columns.map((column) => column.name)])].join(",") : undefined,
  };
  const asked = JSON.stringify([query.path, query.filter, query.search, query.orderBy]);
  const grid = useRef<GridHandle>(null);
  const count = useQuery(countQuery(set, query));

  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{set.name}</Title>
        {set.isInsertable && (
          <Button renderRoot={(props) => <Link {...props} to="/data/$set/new" params={{ set: set.name }} search={search} />}>New row</Button>
        )}
      </Group>
      {set.description && <Text>{set.description}</Text>}
      {search.of && (
        <Text>
          Of {search.of}.{" "}
          <Link to="/data/$set" params={{ set: set.name }}>
            All of {set.name}
          </Link>
        </Text>
      )}
      <Asking set={set} key={`${search.search} ${search.filter}`} search={search} onChange={change} />
      <Group gap="xs">
        {where.map((condition, index) => (
          <Pill
            key={`${index} ${condition.property}`}
            size="md"
            withRemoveButton
            removeButtonProps={{ "aria-label": `Remove the condition ${described(set, condition)}`, tabIndex: 0, "aria-hidden": false }}
            onRemove={() => change({ where: where.filter((_, place) => place !== index) })}
          >
            {described(set, condition)}
          </Pill>
        ))}
        <Columns all={shownColumns} chosen={columns} onChange={(names) => change({ columns: names })} />
        {(search.orderBy || where.length > 0 || search.filter || search.search || search.columns) && (
          <Button variant="subtle" size="compact-sm" onClick={() => void navigate({ to: "/data/$set", params: { set: set.name }, search: search.of ? { of: search.of } : {} })}>
            Show all as it was
          </Button>
        )}
      </Group>
      {where.length > 0 && (
        <Text size="sm">
          <code>{query.filter}</code>
        </Text>
      )}
      {count.error ? (
        <Failure error={count.error} reset={() => void count.refetch()} />
      ) : count.data === undefined ? (
        <Text size="sm" role="status">
          Counting…
        </Text>
      ) : (
        <>
          <Group justify="space-between" mih={36}>
            <Text size="sm" role="status">
              {count.data > 0 ? count.data === 1 ? "1 row." : `${count.data.toLocaleString("en")} rows.` : `No rows${query.filter || query.search ? " match: take a condition away." : set.isInsertable ? " yet: make the first." : "."}`}
            </Text>
            {count.data > 100 && <GoTo count={count.data} onGo={(row) => grid.current?.goTo(row)} />}
          </Group>
          {count.data > 0 && (
            <Grid
              key={asked}
              ref={grid}
              set={set}
              columns={columns}
              query={query}
              count={count.data}
              onOrder={(orderBy) => change({ orderBy })}
              onCondition={(condition: Condition) => change({ where: [...where, condition] })}
              onOpen={(row) => void navigate({ to: "/data/$set/$key", params: { set: set.name, key: keyOf(set, row) }, search })}
            />
          )}
          <Text size="xs" c="dimmed">
            In the grid: arrows move, Enter opens a row or sorts, F2 changes a value, Alt and Down open the menu of a column. Shift sorts by one column more.
          </Text>
        </>
      )}
    </Stack>
  );
}

const columnsOf = (set: Table) => set.columns.filter((property) => property.type !== "Edm.Stream");

/** What is looked for: words, and an expression for what the menus of the columns cannot say. */
function Asking({ set, search, onChange }: { set: Table; search: GridSearch; onChange: (changes: GridSearchChanges) => void }) {
  const [filter, setFilter] = useState(search.filter ?? "");
  const [words, setWords] = useState(search.search ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange({ filter, search: words });
  };
  return (
    <form onSubmit={submit}>
      <Group align="end">
        {set.isSearchable && <TextInput label="Search" type="search" value={words} onChange={(event) => setWords(event.currentTarget.value)} />}
        <TextInput label="Filter" placeholder="contains(Name,'a') and Price gt 10" value={filter} onChange={(event) => setFilter(event.currentTarget.value)} flex={1} miw={200} maw={720} classNames={{ input: classes["code"] ?? "" }} />
        <Button type="submit">Apply</Button>
      </Group>
    </form>
  );
}

function Columns({ all, chosen, onChange }: { all: readonly Column[]; chosen: readonly Column[]; onChange: (columns: string | undefined) => void }) {
  const names = chosen.map((column) => column.name);
  const change = (changed: readonly string[]) => onChange(changed.length === all.length ? undefined : all.filter((column) => changed.includes(column.name)).map((column) => column.name).join(","));
  return (
    <Popover trapFocus position="bottom-start" shadow="md" withinPortal>
      <Popover.Target>
        <Button variant="default" size="compact-sm">
          Columns{names.length < all.length && ` (${names.length} of ${all.length})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns" mah={400} style={{ overflowY: "auto" }}>
        <Checkbox.Group value={names} onChange={(changed) => changed.length > 0 && change(changed)}>
          <Stack gap="xs">
            {all.map((column) => (
              <Checkbox key={column.name} value={column.name} label={column.name} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}

function GoTo({ count, onGo }: { count: number; onGo: (row: number) => void }) {
  const [row, setRow] = useState<number | string>("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typeof row === "number") onGo(row - 1);
      }}
    >
      <Group gap="xs">
        <NumberInput aria-label="Go to row" placeholder="Row" size="xs" w={120} min={1} max={count} clampBehavior="strict" allowDecimal={false} hideControls value={row} onChange={setRow} />
        <Button type="submit" size="xs" variant="default">
          Go
        </Button>
      </Group>
    </form>
  );
}
