import { queryOptions } from "@tanstack/react-query";
import { countRows, readRows, type RowsQuery } from "../../api/rows";
import type { Table } from "../../api/tables";
import { reversed } from "./order";

/** Rows that are asked for together: a screen or two. */
export const pageRows = 100;

const named = (set: Table, query: RowsQuery) => ["rows", set.name, "grid", query.path, query.filter ?? "", query.search ?? "", query.orderBy ?? "", query.select ?? ""];

export const countQuery = (set: Table, query: RowsQuery) =>
  queryOptions({ queryKey: [...named(set, query), "count"], queryFn: ({ signal }) => countRows(query, signal), staleTime: 30_000 });

/** The database steps over all rows before a page. So what lies behind the middle is read from the other end, where it steps over fewer. */
export const pageQuery = (set: Table, query: RowsQuery, count: number, page: number) =>
  queryOptions({
    queryKey: [...named(set, query), count, page],
    queryFn: async ({ signal }) => {
      const start = page * pageRows;
      const rows = Math.min(pageRows, count - start);
      if (start + rows <= count / 2) return readRows(query, start, rows, signal);
      const backwards = await readRows({ ...query, orderBy: reversed(set, query.orderBy) }, count - start - rows, rows, signal);
      return backwards.toReversed();
    },
    staleTime: 30_000,
  });
