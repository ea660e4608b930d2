import type { Table } from "../../api/tables";

export interface OrderItem {
  expression: string;
  isDescending: boolean;
}

/** The items of an `$orderby`: commas inside of calls and texts separate nothing. */
export function orderItems(orderBy: string | undefined): readonly OrderItem[] {
  if (!orderBy) return [];
  const items = orderBy.match(/(?:'[^']*'|\((?:'[^']*'|[^()']|\((?:'[^']*'|[^()'])*\))*\)|[^,'()])+/g) ?? [];
  return items.map((item) => {
    const [, expression = "", direction] = /^\s*(.*?)(?:\s+(asc|desc))?\s*$/i.exec(item) ?? [];
    return { expression, isDescending: direction?.toLowerCase() === "desc" };
  });
}

export function orderText(items: readonly OrderItem[]): string | undefined {
  return items.length > 0 ? items.map((item) => (item.isDescending ? `${item.expression} desc` : item.expression)).join(",") : undefined;
}

/** A column ascends, then descends, then is as if it had not been asked for; alone, or behind the columns that are sorted by already. */
export function turned(orderBy: string | undefined, column: string, isAdded: boolean): string | undefined {
  const items = orderItems(orderBy);
  const own = items.find((item) => item.expression === column);
  const next = !own ? [{ expression: column, isDescending: false }] : own.isDescending ? [] : [{ expression: column, isDescending: true }];
  if (!isAdded) return orderText(next);
  return orderText(own ? items.flatMap((item) => (item === own ? next : [item])) : [...items, ...next]);
}

/** The same rows from the other end. The service orders by the key in the end, ascending. */
export function reversed(set: Table, orderBy: string | undefined): string {
  const items = orderItems(orderBy);
  const key = set.key.filter((name) => !items.some((item) => item.expression === name)).map((expression) => ({ expression, isDescending: false }));
  return orderText([...items, ...key].map((item) => ({ ...item, isDescending: !item.isDescending })))!;
}
