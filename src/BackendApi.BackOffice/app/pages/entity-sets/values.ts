import type { Column } from "../../api/tables";

/** How a value is shown and entered. One that JSON nests is edited as JSON. */
export type Kind = "text" | "number" | "boolean" | "date" | "instant" | "enumeration" | "json" | "stream" | "other";

const kinds: Readonly<Record<string, Kind>> = {
  "Edm.String": "text",
  "Edm.Byte": "number",
  "Edm.SByte": "number",
  "Edm.Int16": "number",
  "Edm.Int32": "number",
  "Edm.Int64": "number",
  "Edm.Decimal": "number",
  "Edm.Double": "number",
  "Edm.Single": "number",
  "Edm.Boolean": "boolean",
  "Edm.Date": "date",
  "Edm.DateTimeOffset": "instant",
  "Edm.Stream": "stream",
  "Edm.Guid": "other",
  "Edm.TimeOfDay": "other",
  "Edm.Duration": "other",
  "Edm.Binary": "other",
};

export function kindOf(property: Column): Kind {
  if (property.isCollection) return "json";
  if (property.members) return "enumeration";
  return kinds[property.type] ?? "json";
}

/** What is written in an input for a value; null for null. */
export function textOf(property: Column, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return kindOf(property) === "json" ? JSON.stringify(value, null, 2) : String(value);
}

/** In one line, for a cell. */
export const shown = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

export class Mistake extends Error {}

const exactNumbers = new Set(["Edm.Int64", "Edm.Decimal"]);

/** The value that a body holds for what was entered. The service judges the rest. */
export function valueOf(property: Column, text: string | null): unknown {
  if (text === null) return null;
  switch (kindOf(property)) {
    case "number":
      // Those that JavaScript's numbers cannot hold stay the digits that were entered.
      if (exactNumbers.has(property.type) || /^(INF|-INF|NaN)$/.test(text)) return text.trim();
      if (text.trim() === "" || Number.isNaN(Number(text))) throw new Mistake("A number is expected.");
      return Number(text);
    case "boolean":
      return text === "true";
    case "json":
      try {
        return JSON.parse(text);
      } catch {
        throw new Mistake("This is not JSON.");
      }
    default:
      return text;
  }
}

/** An instant as an input of the browser has it, in the user's own time. */
export function localTime(instant: string): string {
  const time = new Date(instant);
  return Number.isNaN(time.valueOf()) ? "" : new Date(time.valueOf() - time.getTimezoneOffset() * 60_000).toISOString().replace(/(\.000)?Z$/, "");
}

export function instantOf(localTime: string): string {
  const time = new Date(localTime);
  return Number.isNaN(time.valueOf()) ? "" : time.toISOString().replace(/\.000Z$/, "Z");
}
