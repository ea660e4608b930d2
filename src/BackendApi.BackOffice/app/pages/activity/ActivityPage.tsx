import { Button, CloseButton, Group, SegmentedControl, SimpleGrid, Stack, Table, Text, Title, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { percentile, ranges, seriesQuery, totalsQuery, type Dimension, type Range, type Sums, type Which } from "../../api/statistics";
import { Failure, Pending } from "../../shell/Outcomes";
import { Chart, type Line } from "./Chart";
import classes from "./ActivityPage.module.css";
import { callerInWords, milliseconds, setInWords } from "./words";
import type { ActivitySearch } from "./routes";

const route = getRouteApi("/activity");

/** More lines than these nobody can tell apart. */
const mostLines = 6;

const wordsOf = { EntitySet: setInWords, Caller: callerInWords } as const;

/** How much is asked of the service, by whom, and how it answers. */
export function ActivityPage() {
  const search = route.useSearch();
  const { range = "day", by } = search;
  const navigate = route.useNavigate();
  const change = (changed: Partial<ActivitySearch>) => void navigate({ search: (known) => withoutDefaults({ ...known, ...changed }) });
  // What is looked at stands still until somebody looks again.
  const [now, setNow] = useState(() => Date.now());
  const which: Which = useMemo(
    () => ({ ...(search.set === undefined ? {} : { EntitySet: search.set || null }), ...(search.caller === undefined ? {} : { Caller: search.caller || null }) }),
    [search.set, search.caller],
  );
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Activity</Title>
        <Button variant="default" onClick={() => setNow(Date.now())}>
          Refresh
        </Button>
      </Group>
      <Group align="end">
        <Choice label="Range" value={range} onChange={(value) => change({ range: value as Range })} data={Object.entries(ranges).map(([value, { label }]) => ({ value, label }))} />
        <Choice
          label="Lines"
          value={by ?? "all"}
          onChange={(value) => change({ by: value === "all" ? undefined : (value as ActivitySearch["by"]) })}
          data={[
            { value: "all", label: "All together" },
            { value: "set", label: "By set" },
            { value: "caller", label: "By caller" },
          ]}
        />
        {search.set !== undefined && <Chosen what={`Set: ${setInWords(search.set || null)}`} onClear={() => change({ set: undefined })} />}
        {search.caller !== undefined && <Chosen what={`Caller: ${callerInWords(search.caller || null)}`} onClear={() => change({ caller: undefined })} />}
      </Group>
      <Charts range={range} by={by === "set" ? "EntitySet" : by === "caller" ? "Caller" : undefined} now={now} which={which} />
      <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="xl">
        <Totals title="Sets" by="EntitySet" range={range} now={now} which={which} onChoose={(name) => change({ set: name ?? "" })} />
        <Totals title="Callers" by="Caller" range={range} now={now} which={which} onChoose={(name) => change({ caller: name ?? "" })} />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        A request is seen here ten seconds after its answer at the latest. This page asks the service too, and is counted. Percentiles are told to within their class of times.
      </Text>
    </Stack>
  );
}

function Choice({ label, ...props }: { label: string; value: string; onChange: (value: string) => void; data: { value: string; label: string }[] }) {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500} aria-hidden="true">
        {label}
      </Text>
      <SegmentedControl aria-label={label} {...props} />
    </Stack>
  );
}

function Chosen({ what, onClear }: { what: string; onClear: () => void }) {
  return (
    <Group gap={4}>
      <Text size="sm">{what}</Text>
      <CloseButton aria-label={`${what}: show all`} onClick={onClear} />
    </Group>
  );
}

function Charts({ range, by, now, which }: { range: Range; by: Dimension | undefined; now: number; which: Which }) {
  const totals = useQuery({ ...totalsQuery(range, now, by ?? "EntitySet", which), placeholderData: keepPreviousData });
  const names = useMemo(() => (by ? (totals.data ?? []).slice(0, mostLines).map((each) => each.name) : [null]), [by, totals.data]);
  const series = useQuery({ ...seriesQuery(range, now, by, names, which), placeholderData: keepPreviousData, enabled: totals.isSuccess });
  const charts = useMemo(() => series.data && chartsOf(series.data.seriesOf, by, names), [series.data, by, names]);
  const failure = totals.error ?? series.error;
  if (failure) return <Failure error={failure} reset={() => void totals.refetch().then(() => series.refetch())} />;
  if (!totals.data || !series.data || !charts) return <Pending />;
  if (totals.data.length === 0)
    return (
      <Text role="status">
        Nothing was asked of the service in {ranges[range].words}
        {Object.keys(which).length > 0 ? " that was like this. Choose another range, or show all." : ". Read a set, and look again in ten seconds."}
      </Text>
    );
  const timeInWords = range === "month" ? days : range === "hour" ? minutes : hours;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" verticalSpacing="xl">
      {charts.map((chart) => (
        <Chart key={chart.title} title={chart.title} times={series.data.steps} lines={chart.lines} inWords={chart.inWords} timeInWords={timeInWords} />
      ))}
    </SimpleGrid>
  );
}

const days = (time: number) => new Date(time).toLocaleDateString(undefined, { dateStyle: "medium", timeZone: "UTC" });
const hours = (time: number) => new Date(time).toLocaleString(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const minutes = (time: number) => new Date(time).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
const number = (value: number) => value.toLocaleString(undefined, { maximumFractionDigits: 0 });

/** Together there is room for more lines in each chart. */
function chartsOf(seriesOf: (name: string | null) => readonly Sums[], by: Dimension | undefined, names: readonly (string | null)[]) {
  const lines = (measure: (sums: Sums) => number | null): Line[] => names.map((name) => ({ label: by ? wordsOf[by](name) : "All", values: seriesOf(name).map(measure) }));
  const line = (label: string, measure: (sums: Sums) => number | null): Line => ({ label, values: seriesOf(null).map(measure) });
  const [half, most] = [(sums: Sums) => percentile(sums, 50), (sums: Sums) => percentile(sums, 95)];
  return [
    { title: "Requests", inWords: number, lines: by ? lines((sums) => sums.requests) : [line("Requests", (sums) => sums.requests)] },
    { title: by ? "Time of 95 % of the requests" : "Time of a request", inWords: milliseconds, lines: by ? lines(most) : [line("Half of them up to", half), line("95 % of them up to", most)] },
    {
      title: "Errors",
      inWords: number,
      lines: by ? lines((sums) => sums.clientErrors + sums.serverErrors) : [line("Of the client (4xx)", (sums) => sums.clientErrors), line("Of the service (5xx)", (sums) => sums.serverErrors)],
    },
    { title: "Rows", inWords: number, lines: by ? lines((sums) => sums.rowsRead + sums.rowsWritten) : [line("Read", (sums) => sums.rowsRead), line("Written", (sums) => sums.rowsWritten)] },
  ];
}

interface TotalsProps {
  title: string;
  by: Dimension;
  range: Range;
  now: number;
  which: Which;
  onChoose: (name: string | null) => void;
}

/** Whoever was asked, or asked, most. */
function Totals({ title, by, range, now, which, onChoose }: TotalsProps) {
  const totals = useQuery({ ...totalsQuery(range, now, by, which), placeholderData: keepPreviousData });
  if (totals.error) return <Failure error={totals.error} reset={() => void totals.refetch()} />;
  if (!totals.data) return <Pending />;
  if (totals.data.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {title}
      </Title>
      <Table.ScrollContainer minWidth={560}>
        <Table highlightOnHover className={classes["figures"]} aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{title === "Sets" ? "Set" : "Caller"}</Table.Th>
              <Table.Th>Requests</Table.Th>
              <Table.Th>Errors</Table.Th>
              <Table.Th>Half up to</Table.Th>
              <Table.Th>95 % up to</Table.Th>
              <Table.Th>Rows</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {totals.data.map(({ name, sums }) => (
              <Table.Tr key={name ?? ""}>
                <Table.Td>
                  <UnstyledButton c="var(--mantine-color-anchor)" fz="sm" onClick={() => onChoose(name)} aria-label={`Only ${wordsOf[by](name)}`}>
                    {wordsOf[by](name)}
                  </UnstyledButton>
                </Table.Td>
                <Table.Td>{number(sums.requests)}</Table.Td>
                <Table.Td>{number(sums.clientErrors + sums.serverErrors)}</Table.Td>
                <Table.Td>{milliseconds(percentile(sums, 50) ?? 0)}</Table.Td>
                <Table.Td>{milliseconds(percentile(sums, 95) ?? 0)}</Table.Td>
                <Table.Td>{number(sums.rowsRead + sums.rowsWritten)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

/** What the address need not say. */
function withoutDefaults({ range, by, set, caller }: Partial<ActivitySearch>): ActivitySearch {
  return { ...(range && range !== "day" ? { range } : {}), ...(by ? { by } : {}), ...(set === undefined ? {} : { set }), ...(caller === undefined ? {} : { caller }) };
}
