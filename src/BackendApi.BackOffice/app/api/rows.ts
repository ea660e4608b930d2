import { read } from "./http";
import type { EntitySet } from "./model";

export type Row = Record<string, unknown>;

export interface Page {
  count: number;
  rows: readonly Row[];
}

/** What a grid asks of a set. The filter and the order are OData's own expressions. */
export interface RowsQuery {
  filter?: string | undefined;
  orderBy?: string | undefined;
}

/** Rows from a place on, with the number of all. */
export async function readRows(set: EntitySet, query: RowsQuery, skip: number, top: number, signal: AbortSignal): Promise<Page> {
  const options = new URLSearchParams({ $count: "true", $skip: String(skip), $top: String(top) });
  if (query.filter) options.set("$filter", query.filter);
  if (query.orderBy) options.set("$orderby", query.orderBy);
  // The service reads a plus sign as itself.
  const text = options.toString().replaceAll("+", "%20");
  const answer = await read<{ "@odata.count": number; value: Row[] }>(`odata/${set.name}?${text}`, signal);
  return { count: answer["@odata.count"], rows: answer.value };
}
