/** The system query options that the builder knows, in the order in which they are applied. */
export const optionNames = ["apply", "compute", "search", "filter", "count", "orderby", "skip", "top", "select", "expand"] as const;

export type OptionName = (typeof optionNames)[number];

/** As they stand in the page's address, without the dollar sign. */
export type Options = { [Name in OptionName]?: string | number | true };

export function optionsOf(search: Record<string, unknown>): Options {
  const options: Options = {};
  for (const name of optionNames) {
    const value = search[name];
    // The router reads as numbers and booleans what looks like them.
    const text = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
    if (name === "count" ? text === "true" : text.trim() !== "") options[name] = name === "count" ? true : (name === "top" || name === "skip") && /^\d{1,15}$/.test(text) ? Number(text) : text;
  }
  return options;
}

/** What is shown of the answer; the grid where nothing is said. */
export type Shown = "json" | "request";

export interface QuerySearch extends Options {
  show?: Shown;
}

export function searchOf(search: Record<string, unknown>): QuerySearch {
  const show = search["show"];
  return { ...optionsOf(search), ...(show === "json" || show === "request" ? { show } : {}) };
}

/** The options with the names that the service knows them by. */
export function systemOptions(options: Options): [string, string][] {
  return optionNames.flatMap((name) => (options[name] === undefined ? [] : [[`$${name}`, String(options[name])] as [string, string]]));
}

/** The address of a query below the service's root. A plus sign is itself, a blank is %20. */
export function addressOf(set: string, options: Options): string {
  const query = systemOptions(options).map(([name, value]) => `${name}=${encoded(value)}`);
  return `odata/${set}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

/** What an address allows stays readable. */
function encoded(value: string): string {
  return encodeURIComponent(value).replace(/%(?:24|2C|2F|3A|3D|40)/g, decodeURIComponent);
}
