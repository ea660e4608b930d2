import { queryOptions } from "@tanstack/react-query";
import { allOf, read, send, serviceRoot, type Page } from "./http";
import { literal } from "./literals";
import type { Members, Table } from "./tables";

/** An entity as the service shows it; its annotations begin with `@odata.` or hold one. Whole numbers of 64 bits and decimals are texts, which lose no digit. */
export type Row = Record<string, unknown>;

/** What a grid asks. The filter and the order are OData's own expressions. */
export interface RowsQuery {
  /** Below the service root: a set, or what a navigation leads to. */
  path: string;
  filter?: string | undefined;
  search?: string | undefined;
  orderBy?: string | undefined;
  select?: string | undefined;
}

const exact = "application/json;IEEE754Compatible=true";
const headers = { Accept: exact };

/** Rows from a place on. */
export async function readRows(query: RowsQuery, skip: number, top: number, signal: AbortSignal): Promise<readonly Row[]> {
  return allOf(await ask<Page<Row>>(query, { $skip: String(skip), $top: String(top) }, signal), signal, headers);
}

export async function countRows(query: RowsQuery, signal: AbortSignal): Promise<number> {
  const { orderBy: _, select: __, ...what } = query;
  return Number((await ask<{ "@odata.count": number | string }>(what, { $count: "true", $top: "0" }, signal))["@odata.count"]);
}

function ask<T>(query: RowsQuery, more: Record<string, string>, signal: AbortSignal): Promise<T> {
  const options = new URLSearchParams(more);
  if (query.filter) options.set("$filter", query.filter);
  if (query.search) options.set("$search", query.search);
  if (query.orderBy) options.set("$orderby", query.orderBy);
  if (query.select) options.set("$select", query.select);
  // The service reads a plus sign as itself.
  return read<T>(`odata/${query.path}?${options.toString().replaceAll("+", "%20")}`, signal, headers);
}

/** What the row has by its own type. */
export function membersOf(set: Table, row: Row | undefined): Members {
  const type = row?.["@odata.type"];
  return (typeof type === "string" && set.derived(type.replace(/^#/, ""))) || set;
}

/** What stands between the parentheses of a row's address: `42`, or `OrderId=1,LineNo=2`. */
export function keyOf(set: Table, row: Row): string {
  const parts = set.key.map((name) => {
    const property = set.columns.find((each) => each.name === name);
    return [name, property ? literal(property, String(row[name])) : String(row[name])] as const;
  });
  return parts.length === 1 ? parts[0]![1] : parts.map(([name, value]) => `${name}=${value}`).join(",");
}

/** The values of a key by their names, from what stands between the parentheses. */
export function keyParts(key: readonly string[], text: string): Readonly<Record<string, string>> {
  const parts = text.match(/(?:'(?:[^']|'')*'|[^,'])+/g) ?? [];
  const named = parts.map((part) => /^([^'=]+)=(.*)$/s.exec(part)).map((match, index) => (match ? [match[1]!, match[2]!] : [key[index] ?? "", parts[index]!]) as [string, string]);
  return Object.fromEntries(named.map(([name, value]) => [name, /^(?:binary|duration)?'(.*)'$/s.exec(value)?.[1]?.replaceAll("''", "'") ?? value]));
}

export const pathOf = (set: string, key: string) => `${set}(${encodeURIComponent(key)})`;

/** Where the service answers a row or a part of it, for a link. */
export const addressOf = (path: string) => new URL(`odata/${path}`, serviceRoot).href;

export interface ReadRow {
  row: Row;
  etag: string;
}

/** A row with the keys of the single entities that it is related to. */
export const rowQuery = (set: Table, key: string, targets: (name: string) => { key: readonly string[] } | undefined) =>
  queryOptions({
    queryKey: ["rows", set.name, "row", key],
    queryFn: async ({ signal }): Promise<ReadRow> => {
      const expanded = set.navigations.flatMap((navigation) => {
        const target = navigation.isCollection || !navigation.target ? undefined : targets(navigation.target);
        return target ? [`${navigation.name}($select=${target.key.join(",")})`] : [];
      });
      return readRow(`${pathOf(set.name, key)}${expanded.length > 0 ? `?$expand=${expanded.join(",")}` : ""}`, signal);
    },
    staleTime: 0,
  });

export async function readRow(path: string, signal?: AbortSignal): Promise<ReadRow> {
  return stored(await send(`odata/${path}`, { headers, ...(signal ? { signal } : {}) }));
}

/** @param etag The state that the user has seen: a change of another one is refused. */
export async function changeRow(path: string, changes: Row, etag: string): Promise<ReadRow> {
  return stored(await send(`odata/${path}`, { method: "PATCH", body: JSON.stringify(changes), headers: { ...written, "If-Match": etag, Prefer: "return=representation" } }));
}

export async function createRow(set: string, row: Row): Promise<Row> {
  const response = await send(`odata/${set}`, { method: "POST", body: JSON.stringify(row), headers: { ...written, Prefer: "return=representation" } });
  // Whoever may write and not read gets no answer.
  return response.status === 204 ? {} : ((await response.json()) as Row);
}

export async function deleteRow(path: string, etag: string): Promise<void> {
  await send(`odata/${path}`, { method: "DELETE", headers: { "If-Match": etag } });
}

export async function putStream(path: string, file: File): Promise<void> {
  await send(`odata/${path}`, { method: "PUT", body: file, headers: { "Content-Type": file.type || "application/octet-stream" } });
}

export async function deleteStream(path: string): Promise<void> {
  await send(`odata/${path}`, { method: "DELETE" });
}

/** How many rows each collection of a row has. */
export const countsQuery = (set: Table, key: string, navigations: readonly string[]) =>
  queryOptions({
    queryKey: ["rows", set.name, "counts", key, navigations],
    queryFn: async ({ signal }) => read<Row>(`odata/${pathOf(set.name, key)}?$select=${set.key.join(",")}&$expand=${navigations.map((name) => `${name}/$count`).join(",")}`, signal),
    enabled: navigations.length > 0,
  });

const written = { ...headers, "Content-Type": exact };

async function stored(response: Response): Promise<ReadRow> {
  const row = response.status === 204 ? {} : ((await response.json()) as Row);
  return { row, etag: response.headers.get("ETag") ?? "*" };
}
