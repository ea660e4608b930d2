import { useDebouncedValue } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type MouseEvent, type Ref } from "react";
import { keyOf, type Row, type RowsQuery } from "../../api/rows";
import type { Column, Table } from "../../api/tables";
import { Failure } from "../../shell/Outcomes";
import { CellEditor } from "./CellEditor";
import { ColumnHead } from "./ColumnHead";
import type { Condition } from "./conditions";
import classes from "./Grid.module.css";
import { turned } from "./order";
import { pageQuery, pageRows } from "./pages";
import { useRowWindow } from "./useRowWindow";
import { kindOf, shown } from "./values";

const rowHeight = 34;
const headHeight = 35;

export interface GridHandle {
  /** Brings a row to the top of the view and makes it the current one. */
  goTo: (row: number) => void;
}

interface GridProps {
  set: Table;
  columns: readonly Column[];
  query: RowsQuery;
  count: number;
  onOrder: (orderBy: string | undefined) => void;
  onCondition: (condition: Condition) => void;
  onOpen: (row: Row) => void;
  ref: Ref<GridHandle>;
}

interface Place {
  /** The head is -1. */
  row: number;
  column: number;
}

/** The rows of a set, as many as there are: those that are in view are asked for, and no others. One stop of the tab key; arrows lead to its cells. */
export function Grid({ set, columns, query, count, onOrder, onCondition, onOpen, ref }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [current, setCurrent] = useState<Place>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Place | null>(null);
  const [menu, setMenu] = useState<string | null>(null);
  const view = useRowWindow(scroller, count, rowHeight, headHeight);
  const rowAt = usePages(set, query, count, view.first, view.end);
  const cellId = ({ row, column }: Place) => `${id}-${row}-${column}`;

  useImperativeHandle(ref, () => ({
    goTo: (row) => {
      setCurrent((place) => ({ ...place, row }));
      view.showFirst(row);
      scroller.current?.focus({ preventScroll: true });
    },
  }));

  const go = (row: number, column: number) => {
    const place = { row: Math.max(-1, Math.min(row, count - 1)), column: Math.max(0, Math.min(column, columns.length - 1)) };
    setCurrent(place);
    if (place.row >= 0) view.show(place.row);
  };
  // A cell beyond the edge is scrolled to once it is there.
  useEffect(() => {
    document.getElementById(cellId(current))?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current.column]);

  const open = ({ row }: Place) => {
    const found = rowAt(row);
    if (found) onOpen(found);
  };
  const edit = (place: Place) => {
    if (rowAt(place.row) && isEditedInPlace(columns[place.column]!)) setEditing(place);
  };
  const doneEditing = () => {
    setEditing(null);
    scroller.current?.focus({ preventScroll: true });
  };

  const keyed = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const { row, column } = current;
    const moves: Record<string, () => void> = {
      ArrowDown: () => (event.altKey && row < 0 ? setMenu(columns[column]!.name) : go(row + 1, column)),
      ArrowUp: () => go(row - 1, column),
      ArrowRight: () => go(row, column + 1),
      ArrowLeft: () => go(row, column - 1),
      PageDown: () => go(row + view.rowsInView, column),
      PageUp: () => go(Math.max(0, row - view.rowsInView), column),
      Home: () => (event.ctrlKey ? go(0, 0) : go(row, 0)),
      End: () => (event.ctrlKey ? go(count - 1, columns.length - 1) : go(row, columns.length - 1)),
      Enter: () => (row < 0 ? onOrder(turned(query.orderBy, columns[column]!.name, event.shiftKey)) : open(current)),
      F2: () => edit(current),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  const placeOf = (event: MouseEvent): Place | null => {
    const cell = (event.target as Element).closest<HTMLElement>("[data-row]");
    return cell && { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) };
  };
  const clicked = (event: MouseEvent) => {
    const place = placeOf(event);
    if (place) setCurrent(place);
  };
  const doubleClicked = (event: MouseEvent) => {
    const place = placeOf(event);
    if (!place || editing) return;
    if (isEditedInPlace(columns[place.column]!)) edit(place);
    else open(place);
  };

  const isInView = current.row < 0 || (current.row >= view.first && current.row < view.end);
  const rows = Array.from({ length: Math.max(0, view.end - view.first) }, (_, index) => view.first + index);
  return (
    <>
      {rowAt.failure && <Failure error={rowAt.failure} reset={rowAt.retry} />}
      <div
        ref={scroller}
        className={classes["scroller"]}
        role="grid"
        aria-label={set.name}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-multiselectable={false}
        aria-activedescendant={isInView ? cellId(current) : undefined}
        tabIndex={0}
        onKeyDown={keyed}
        onClick={clicked}
        onDoubleClick={doubleClicked}
      >
        <div className={classes["content"]} style={{ height: view.height }}>
          <div className={classes["head"]} role="row" aria-rowindex={1}>
            {columns.map((column, index) => (
              <ColumnHead
                key={column.name}
                id={cellId({ row: -1, column: index })}
                index={index}
                column={column}
                className={cellClass(column, current.row === -1 && current.column === index)}
                orderBy={query.orderBy}
                onOrder={onOrder}
                onCondition={onCondition}
                isOpen={menu === column.name}
                onOpen={(isOpen) => setMenu(isOpen ? column.name : null)}
                onClose={() => scroller.current?.focus({ preventScroll: true })}
              />
            ))}
          </div>
          <div className={classes["view"]} role="rowgroup" style={{ height: Math.min(view.height - headHeight, view.viewHeight) }}>
            {rows.map((index) => {
              const row = rowAt(index);
              return (
                <div key={index} role="row" aria-rowindex={index + 2} className={classes["row"]} style={{ transform: `translateY(${view.topOf(index)}px)` }}>
                  {columns.map((column, columnIndex) => {
                    const place = { row: index, column: columnIndex };
                    const isCurrent = current.row === index && current.column === columnIndex;
                    const isEdited = editing?.row === index && editing.column === columnIndex;
                    return (
                      <div
                        key={column.name}
                        id={cellId(place)}
                        role="gridcell"
                        aria-colindex={columnIndex + 1}
                        data-row={index}
                        data-column={columnIndex}
                        className={cellClass(column, isCurrent)}
                      >
                        {!row ? (
                          "…"
                        ) : isEdited ? (
                          <CellEditor set={set} property={column} row={row} onDone={doneEditing} />
                        ) : columnIndex === 0 ? (
                          // For the mouse and for fingers: the keyboard has Enter.
                          <Link to="/data/$set/$key" params={{ set: set.name, key: keyOf(set, row) }} search={true} tabIndex={-1}>
                            <Value value={row[column.name]} />
                          </Link>
                        ) : (
                          <Value value={row[column.name]} />
                        )}
                      </div>
                    );
                  })}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </>
  );
}

function Value({ value }: { value: unknown }) {
  return value === null || value === undefined ? <span className={classes["null"]}>null</span> : shown(value);
}

const isEditedInPlace = (column: Column) => column.isEditable && kindOf(column) !== "json" && kindOf(column) !== "stream";

function cellClass(column: Column, isCurrent: boolean): string {
  const kind = column.isCollection ? "cell" : kindOf(column) === "number" ? "number" : kindOf(column) === "boolean" ? "short" : column.type === "Edm.Guid" ? "long" : "cell";
  return `${classes[kind]}${isCurrent ? ` ${classes["current"]}` : ""}`;
}

interface RowAt {
  (index: number): Row | undefined;
  failure: Error | null;
  retry: () => void;
}

/** The rows in view. Those that are only passed by are not asked for. */
function usePages(set: Table, query: RowsQuery, count: number, first: number, end: number): RowAt {
  const from = Math.floor(first / pageRows);
  const to = Math.max(from, Math.ceil(end / pageRows) - 1);
  const [settled] = useDebouncedValue(`${from} ${to}`, 60, { leading: true });
  const isSettled = settled === `${from} ${to}`;
  const pages = count === 0 ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const read = useQueries({ queries: pages.map((page) => ({ ...pageQuery(set, query, count, page), enabled: isSettled })) });
  const failed = read.find((result) => result.error);
  return Object.assign((index: number) => read[Math.floor(index / pageRows) - from]?.data?.[index % pageRows], {
    failure: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  });
}
