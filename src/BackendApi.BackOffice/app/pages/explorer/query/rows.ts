import { nextOf, parseExactly, send, type Page } from "../../../api/http";

export interface ResultPage {
  /** The answer as it came. */
  text: string;
  rows: readonly Row[];
  /** How many there are on all pages, where that was asked for. */
  count?: number;
  next?: string;
  milliseconds: number;
}

/** What a row shows, column by column; members of what is nested have paths for names. */
export type Row = ReadonlyMap<string, unknown>;

/** Rows that are asked for at once, unless $top says less. */
const pageRows = 100;

export async function readPage(address: string, signal: AbortSignal): Promise<ResultPage> {
  const started = performance.now();
  const response = await send(address, { signal, headers: { Prefer: `odata.maxpagesize=${pageRows}` } });
  const text = await response.text();
  const milliseconds = performance.now() - started;
  const answer = parseExactly(text) as Page<object> & { "@odata.count"?: number };
  const next = nextOf(answer);
  const count = answer["@odata.count"];
  return {
    text,
    rows: answer.value.map(rowOf),
    ...(count !== undefined ? { count: Number(count) } : {}),
    ...(next ? { next } : {}),
    milliseconds,
  };
}

function rowOf(entity: object): Row {
  const row = new Map<string, unknown>();
  add(row, "", entity);
  return row;
}

function add(row: Map<string, unknown>, prefix: string, entity: object): void {
  for (const [name, value] of Object.entries(entity))
    if (name.includes("@")) continue;
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) add(row, `${prefix}${name}/`, value);
    else row.set(prefix + name, value);
}

/** The columns of all rows; those of $apply may differ from row to row. */
export function columnsOf(rows: readonly Row[]): string[] {
  const columns = new Set<string>();
  for (const row of rows) for (const column of row.keys()) columns.add(column);
  // A navigation that leads nowhere in one row has members in another.
  return [...columns].filter((column) => ![...columns].some((other) => other.startsWith(`${column}/`)));
}
