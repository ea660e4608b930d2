import { Text } from "@mantine/core";
import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import type { EntitySet, Property } from "../../api/model";
import { readRows, type RowsQuery } from "../../api/rows";
import { Failure } from "../../shell/Outcomes";
import classes from "./Grid.module.css";

const rowHeight = 34;
/** Rows that are asked for together: a screen or two. */
const pageRows = 100;
/** Browsers draw nothing beyond some 33 million pixels; a scroll bar that long cannot be aimed with anyway. */
const mostRows = 900_000;

interface GridProps {
  set: EntitySet;
  query: RowsQuery;
  onOrder: (orderBy: string | undefined) => void;
}

/** The rows of a set, as many as there are: those that are in view are asked for, and no others. */
export function Grid({ set, query, onOrder }: GridProps) {
  const first = useQuery(pageQuery(set, query, 0));
  if (first.error) return <Failure error={first.error} reset={() => void first.refetch()} />;
  if (!first.data) return <Text role="status">Loading…</Text>;
  const { count } = first.data;
  return (
    <>
      <Text size="sm" role="status">
        {count === 0 ? "No rows match." : `${count.toLocaleString()} rows.`}
        {count > mostRows && ` The first ${mostRows.toLocaleString()} are shown: filter for the others.`}
      </Text>
      <Rows set={set} query={query} count={count} onOrder={onOrder} />
    </>
  );
}

function Rows({ set, query, count, onOrder }: GridProps & { count: number }) {
  const columns = useMemo(() => set.properties.filter((property) => property.type !== "Edm.Stream"), [set]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: Math.min(count, mostRows), getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10 });
  const items = virtual.getVirtualItems();
  const pages = [...new Set(items.map((item) => Math.floor(item.index / pageRows)))];
  const read = useQueries({ queries: pages.map((page) => pageQuery(set, query, page)) });
  const failed = read.find((result) => result.error);
  const rowAt = (index: number) => read[pages.indexOf(Math.floor(index / pageRows))]?.data?.rows[index % pageRows];

  return (
    <>
      {failed?.error && <Failure error={failed.error} reset={() => void failed.refetch()} />}
      <div ref={scroller} className={classes["scroller"]} role="grid" aria-rowcount={count + 1} aria-colcount={columns.length} aria-label={set.name} tabIndex={0}>
        <div className={classes["head"]} role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <HeadCell key={column.name} column={column} orderBy={query.orderBy} onOrder={onOrder} />
          ))}
        </div>
        <div role="rowgroup" className={classes["body"]} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rowAt(item.index);
            return (
              <div key={item.key} role="row" aria-rowindex={item.index + 2} className={classes["row"]} style={{ transform: `translateY(${item.start}px)` }}>
                {columns.map((column) => (
                  <div key={column.name} role="gridcell" className={isNumber(column) ? classes["number"] : classes["cell"]}>
                    {row ? shown(row[column.name]) : "…"}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

function pageQuery(set: EntitySet, query: RowsQuery, page: number) {
  return queryOptions({
    queryKey: ["rows", set.name, query.filter ?? "", query.orderBy ?? "", page],
    queryFn: ({ signal }) => readRows(set, query, page * pageRows, pageRows, signal),
    staleTime: 30_000,
  });
}

function HeadCell({ column, orderBy, onOrder }: { column: Property; orderBy: string | undefined; onOrder: GridProps["onOrder"] }) {
  const direction = orderBy === column.name ? "ascending" : orderBy === `${column.name} desc` ? "descending" : "none";
  const next = direction === "none" ? column.name : direction === "ascending" ? `${column.name} desc` : undefined;
  return (
    <div role="columnheader" aria-sort={direction} className={isNumber(column) ? classes["number"] : classes["cell"]}>
      <button type="button" className={classes["order"]} onClick={() => onOrder(next)} title={column.description ?? column.type}>
        {column.name}
        {direction === "ascending" ? " ↑" : direction === "descending" ? " ↓" : ""}
      </button>
    </div>
  );
}

function isNumber(column: Property): boolean {
  return /^Edm\.(Byte|SByte|Int16|Int32|Int64|Decimal|Double|Single)$/.test(column.type) && !column.isCollection;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
