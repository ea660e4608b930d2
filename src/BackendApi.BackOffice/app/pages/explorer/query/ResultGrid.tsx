import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useEffectEvent, useMemo, useRef } from "react";
import classes from "./Results.module.css";
import { columnsOf, type Row } from "./rows";

interface ResultGridProps {
  label: string;
  rows: readonly Row[];
  /** The end is in view: there may be more. */
  onEnd: () => void;
}

const rowHeight = 32;

/** The rows that were read so far. Those in view are drawn. */
export function ResultGrid({ label, rows, onEnd }: ResultGridProps) {
  const columns = useMemo(() => columnsOf(rows), [rows]);
  const numbers = useMemo(() => new Set(columns.filter((column) => rows.some((row) => typeof row.get(column) === "number"))), [columns, rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10 });
  const items = virtual.getVirtualItems();
  const isAtEnd = (items.at(-1)?.index ?? 0) >= rows.length - 1;
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (isAtEnd) end();
  }, [isAtEnd, rows.length]);

  const cell = (column: string) => (numbers.has(column) ? classes["number"] : classes["cell"]);
  return (
    <div ref={scroller} className={classes["scroller"]} role="table" aria-label={label} aria-rowcount={rows.length + 1} aria-colcount={columns.length} tabIndex={0}>
      <div role="rowgroup" className={classes["head"]}>
        <div role="row" aria-rowindex={1} style={{ display: "contents" }}>
          {columns.map((column) => (
            <div key={column} role="columnheader" className={cell(column)} title={column}>
              {column}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes["body"]} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <div key={item.key} role="row" aria-rowindex={item.index + 2} className={classes["row"]} style={{ transform: `translateY(${item.start}px)` }}>
            {columns.map((column) => {
              const text = shown(rows[item.index]?.get(column));
              return (
                <div key={column} role="cell" className={cell(column)} title={text}>
                  {text}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
