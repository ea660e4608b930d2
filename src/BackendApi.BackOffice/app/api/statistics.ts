import { queryOptions } from "@tanstack/react-query";
import { readAll } from "./http";
import { quoted } from "./literals";

/** The times by which the service counts requests: each is in the class of the least bound that it did not exceed. */
const bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;
const classes = [...bounds.map((bound) => `UpTo${bound}Ms`), "Over10000Ms"];
const counted = ["Requests", "ClientErrors", "ServerErrors", "RowsRead", "RowsWritten", ...classes] as const;

/** What was counted of some requests together. */
export interface Sums {
  requests: number;
  clientErrors: number;
  serverErrors: number;
  rowsRead: number;
  rowsWritten: number;
  longest: number;
  /** How many requests are in each class of times. */
  times: readonly number[];
}

export const none: Sums = { requests: 0, clientErrors: 0, serverErrors: 0, rowsRead: 0, rowsWritten: 0, longest: 0, times: classes.map(() => 0) };

/** What requests are told apart by. */
export type Dimension = "EntitySet" | "Caller";

/** Which requests are looked at. Null is a name too: of the service itself, and of those who do not say who they are. */
export interface Which {
  EntitySet?: string | null;
  Caller?: string | null;
}

export type Range = keyof typeof ranges;

const minute = 60_000;

/** How far back a range reaches, and how long each of its steps is. Days are those of UTC, as they are stored. */
export const ranges = {
  hour: { label: "Hour", words: "the last hour", steps: 60, length: minute },
  day: { label: "Day", words: "the last day", steps: 24, length: 60 * minute },
  week: { label: "Week", words: "the last week", steps: 7 * 24, length: 60 * minute },
  month: { label: "Month", words: "the last 30 days", steps: 30, length: 24 * 60 * minute },
} as const;

/** The beginnings of the steps of a range; the last one is under way. */
export function stepsOf(range: Range, now: number): readonly number[] {
  const { steps, length } = ranges[range];
  const last = Math.floor(now / length) * length;
  return Array.from({ length: steps }, (_, step) => last - (steps - 1 - step) * length);
}

/**
 * The time that so many of a hundred requests did not exceed, in milliseconds: told to within their class, in which they are taken to be spread evenly. Null where there were none.
 */
export function percentile({ times, requests, longest }: Sums, percent: number): number | null {
  if (requests === 0) return null;
  const wanted = (requests * percent) / 100;
  let before = 0;
  for (const [place, count] of times.entries()) {
    if (count > 0 && before + count >= wanted) {
      const least = place === 0 ? 0 : bounds[place - 1]!;
      const most = Math.min(bounds[place] ?? longest, Math.max(longest, least));
      return least + (most - least) * ((wanted - before) / count);
    }
    before += count;
  }
  return longest;
}

/** Everything together, and whoever was asked or asked most. */
export const totalsQuery = (range: Range, now: number, by: Dimension, which: Which) =>
  queryOptions({
    queryKey: ["statistics", "totals", range, stepsOf(range, now)[0], now, by, which],
    queryFn: async ({ signal }) => {
      const rows = await ask(`${filterOf(stepsOf(range, now)[0]!, which)}/groupby((${by}),${aggregated})/orderby(SumRequests desc,${by})/top(50)`, signal);
      return rows.map((row) => ({ name: row[by] as string | null, sums: sumsOf(row) }));
    },
  });

/** Step by step: everything together, or each of some names for itself. */
export const seriesQuery = (range: Range, now: number, by: Dimension | undefined, names: readonly (string | null)[], which: Which) =>
  queryOptions({
    queryKey: ["statistics", "series", range, now, by ?? null, names, which],
    queryFn: async ({ signal }) => {
      const steps = stepsOf(range, now);
      const chosen = by && names.length > 0 ? `/filter(${names.map((name) => `${by} eq ${literal(name)}`).join(" or ")})` : "";
      const [compute, group] = {
        hour: ["", "PeriodStart"],
        day: ["/compute(date(PeriodStart) as Date,hour(PeriodStart) as Hour)", "Date,Hour"],
        week: ["/compute(date(PeriodStart) as Date,hour(PeriodStart) as Hour)", "Date,Hour"],
        month: ["/compute(date(PeriodStart) as Date)", "Date"],
      }[range];
      const rows = await ask(`${filterOf(steps[0]!, which)}${chosen}${compute}/groupby((${group}${by ? `,${by}` : ""}),${aggregated})`, signal);
      const found = new Map<string | null, Map<number, Sums>>();
      for (const row of rows) {
        const name = by ? (row[by] as string | null) : null;
        if (!found.has(name)) found.set(name, new Map());
        found.get(name)!.set(beginOf(row), sumsOf(row));
      }
      return { steps, seriesOf: (name: string | null) => steps.map((step) => found.get(name)?.get(step) ?? none) };
    },
  });

/** How often each set was asked in the last day. */
export const callsQuery = queryOptions({
  queryKey: ["statistics", "calls"],
  queryFn: async ({ signal }) => {
    const rows = await ask(`filter(PeriodStart ge ${new Date(Date.now() - 24 * 60 * minute).toISOString()})/groupby((EntitySet),aggregate(Requests with sum as SumRequests))`, signal);
    return new Map(rows.map((row) => [row["EntitySet"] as string | null, Number(row["SumRequests"])]));
  },
  staleTime: 10_000,
});

const aggregated = `aggregate(${counted.map((name) => `${name} with sum as Sum${name}`).join(",")},LongestMicroseconds with max as Longest)`;

type Row = Record<string, string | number | null>;

// More than the steps of a week for seven names are not asked for: one page, where the service lets it be so long.
const ask = (apply: string, signal: AbortSignal) => readAll<Row>(`odata/RequestStatistics?$apply=${encodeURIComponent(apply)}`, signal, { Prefer: "maxpagesize=5000" });

function filterOf(from: number, which: Which): string {
  const conditions = [`PeriodStart ge ${new Date(from).toISOString()}`];
  for (const dimension of ["EntitySet", "Caller"] as const) {
    const name = which[dimension];
    if (name !== undefined) conditions.push(`${dimension} eq ${literal(name)}`);
  }
  return `filter(${conditions.join(" and ")})`;
}

const literal = (name: string | null) => (name === null ? "null" : quoted(name));

function beginOf(row: Row): number {
  if (typeof row["PeriodStart"] === "string") return Date.parse(row["PeriodStart"]);
  return Date.parse(`${row["Date"]}T${String(row["Hour"] ?? 0).padStart(2, "0")}:00:00Z`);
}

function sumsOf(row: Row): Sums {
  const sum = (name: string) => Number(row[`Sum${name}`] ?? 0);
  return {
    requests: sum("Requests"),
    clientErrors: sum("ClientErrors"),
    serverErrors: sum("ServerErrors"),
    rowsRead: sum("RowsRead"),
    rowsWritten: sum("RowsWritten"),
    longest: Number(row["Longest"] ?? 0) / 1000,
    times: classes.map(sum),
  };
}
