import { useEffect, useRef, useState, type RefObject } from "react";

/** Browsers draw nothing beyond some 17 to 33 million pixels. What is longer than this is scrolled by a bar that stands for more. */
const longestScroll = 10_000_000;

export interface RowWindow {
  /** The first row that is to be drawn, and the one behind the last. */
  first: number;
  end: number;
  /** How high the content is for the browser. */
  height: number;
  /** How much of the content is seen at a time. */
  viewHeight: number;
  /** Where the row's upper edge stands in the view. */
  topOf: (row: number) => number;
  /** Rows that fit into the view. */
  rowsInView: number;
  /** Scrolls no further than needed. */
  show: (row: number) => void;
  /** Scrolls until the row is the first in view. */
  showFirst: (row: number) => void;
}

/**
 * Which rows of a very long list are in view. The place is kept in pixels of the whole list, however long; the browser's own scroll position follows it,
 * at a scale where the list is longer than a browser can draw. Wheel and keys move by rows whatever the scale, so each row can be reached.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, rows: number, rowHeight: number, headHeight: number): RowWindow {
  const [view, setView] = useState(0);
  const [place, setPlace] = useState(0);
  const total = rows * rowHeight;
  const end = Math.max(0, total - view);
  const height = Math.min(total, longestScroll) + headHeight;
  /** The position that the browser was last seen at, or was given. */
  const known = useRef(0);
  const state = useRef({ place, end, view });
  state.current = { place: Math.min(place, end), end, view };

  const isScaled = total > longestScroll;

  useEffect(() => {
    const element = scroller.current!;
    const resized = new ResizeObserver(() => setView(Math.max(0, element.clientHeight - headHeight)));
    resized.observe(element);
    return () => resized.disconnect();
  }, [scroller, headHeight]);

  /** All that the browser can scroll. */
  const way = () => Math.max(1, scroller.current!.scrollHeight - scroller.current!.clientHeight);

  const follow = (target: number) => {
    const element = scroller.current!;
    element.scrollTop = isScaled ? (target / Math.max(1, state.current.end)) * way() : target;
    known.current = element.scrollTop;
  };

  const move = (target: number) => {
    const within = Math.max(0, Math.min(target, state.current.end));
    state.current.place = within;
    setPlace(within);
    follow(within);
  };

  useEffect(() => {
    const element = scroller.current!;
    const scrolled = () => {
      const { place: before, end: last, view: visible } = state.current;
      const moved = element.scrollTop - known.current;
      if (moved === 0) return;
      known.current = element.scrollTop;
      let target = element.scrollTop;
      if (isScaled) {
        if (element.scrollTop <= 0) target = 0;
        else if (element.scrollTop >= way() - 1) target = last;
        // A finger moves the list by as many pixels as it goes; the bar leaps over thousands.
        else if (Math.abs(moved) <= visible) target = before + moved;
        else target = (element.scrollTop / way()) * last;
      }
      const within = Math.max(0, Math.min(target, last));
      state.current.place = within;
      setPlace(within);
    };
    const rested = () => isScaled && follow(state.current.place);
    const wheeled = (event: WheelEvent) => {
      if (!isScaled || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? state.current.view : 1;
      move(state.current.place + event.deltaY * unit);
    };
    element.addEventListener("scroll", scrolled, { passive: true });
    element.addEventListener("scrollend", rested);
    element.addEventListener("wheel", wheeled, { passive: false });
    return () => {
      element.removeEventListener("scroll", scrolled);
      element.removeEventListener("scrollend", rested);
      element.removeEventListener("wheel", wheeled);
    };
  });

  const current = state.current.place;
  const rowsInView = Math.max(1, Math.floor(view / rowHeight));
  return {
    first: Math.max(0, Math.floor(current / rowHeight) - 3),
    end: Math.min(rows, Math.ceil((current + view) / rowHeight) + 3),
    height,
    viewHeight: view,
    topOf: (row) => row * rowHeight - current,
    rowsInView,
    show: (row) => {
      const top = row * rowHeight;
      const { place: now, view: visible } = state.current;
      if (top < now) move(top);
      else if (top + rowHeight > now + visible) move(top + rowHeight - visible);
    },
    showFirst: (row) => move(row * rowHeight),
  };
}
