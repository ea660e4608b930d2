import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef, type RefObject } from "react";

const product = "Back Office";

/**
 * A page is called what its first heading says: in the window's title, and to those who hear it, because the focus goes there when another page comes.
 * Pages come when their data is there, so the heading is waited for.
 */
export function useHeadings(main: RefObject<HTMLElement | null>): void {
  const page = useRouterState({ select: (state) => state.location.pathname });
  const announced = useRef<{ page: string; heading: Element; text: string | null } | null>(null);
  useEffect(() => {
    const look = () => {
      const heading = main.current?.querySelector("h1") ?? null;
      // What is opened over a page and has an address of its own.
      const named = document.querySelector("[data-page-name]") ?? heading;
      if (named) document.title = `${named.textContent} – ${product}`;
      if (!heading) return;
      const before = announced.current;
      const isOther = before && before.page !== page && (before.heading !== heading || before.text !== heading.textContent);
      // The first page keeps the focus where the browser puts it, and a dialog of the same page has its own.
      if (isOther && !document.querySelector('[role="dialog"]')) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      // The page that was left can stand until the next has its data.
      if (!before || isOther) announced.current = { page, heading, text: heading.textContent };
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    look();
    return () => observer.disconnect();
  }, [main, page]);
}
