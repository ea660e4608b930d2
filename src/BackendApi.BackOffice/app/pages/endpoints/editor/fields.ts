import { altered, type ConfigurationDocument, type Field, type Transform, type Validation } from "../../../api/document";

/** A column of the table in the editor, exposed or not, so that one that was taken away can come back. */
export interface Column {
  column: string;
  /** What the document says of it; undefined for one that is not exposed. */
  field?: Field;
  /** Its place among the document's fields, which mistakes name. */
  index: number;
  /** What the database says of it; undefined where the table has no such column any more. */
  known?: Field;
}

/** Those that are exposed in their order, each other one after the column that it follows in the table. */
export function columnsOf(document: ConfigurationDocument, catalogue: ConfigurationDocument | undefined): readonly Column[] {
  const known = new Map(catalogue?.fields?.map((field) => [field.column, field]));
  const columns: Column[] = exposed(document, catalogue).map((field, index) => {
    const knownField = known.get(field.column);
    return { column: field.column, field, index, ...(knownField ? { known: knownField } : {}) };
  });
  let place = 0;
  for (const field of catalogue?.fields ?? []) {
    const at = columns.findIndex((each) => each.column === field.column);
    if (at >= 0) place = at + 1;
    else columns.splice(place++, 0, { column: field.column, index: -1, known: field });
  }
  return columns;
}

/** Without fields in the document every column is exposed. */
export function exposed(document: ConfigurationDocument, catalogue: ConfigurationDocument | undefined): readonly Field[] {
  return document.fields ?? catalogue?.fields?.map(({ column }) => ({ column })) ?? [];
}

/** What is in force for a field: what the document leaves out, the catalogue says. */
export function inForce(field: Field, known: Field | undefined): Field {
  return { ...known, ...field, validation: { ...known?.validation, ...field.validation } };
}

/** What the database says anyway is left out of the document. */
export function unlessKnown<T>(value: T | undefined, known: T | undefined): T | undefined {
  return value === known ? undefined : value;
}

export function withValidation(field: Field, changes: { [Name in keyof Validation]?: Validation[Name] | undefined }): Field {
  const validation = altered(field.validation ?? {}, changes);
  return altered(field, { validation: Object.keys(validation).length > 0 ? validation : undefined });
}

export const kinds = {
  text: ["string"],
  number: ["byte", "int16", "int32", "int64", "decimal", "double", "single"],
  digits: ["decimal", "dateTimeOffset", "timeOfDay", "duration"],
} as const;

export const types = ["boolean", "byte", "int16", "int32", "int64", "decimal", "double", "single", "string", "date", "timeOfDay", "dateTimeOffset", "duration", "guid", "binary", "json", "enum"];

export const collections = ["boolean", "byte", "int16", "int32", "int64", "decimal", "double", "single", "string", "date", "timeOfDay", "dateTimeOffset", "duration", "guid", "json"].map((item) => `collection(${item})`);

const formatted = (value: string | number | boolean) => (typeof value === "string" ? `“${value}”` : String(value));

/** What a field's values have to be, and what becomes of them, in a few words. */
export function summaryOf(field: Field, known: Field | undefined): readonly string[] {
  const { validation: rules = {}, transform = [], members, example } = inForce(field, known);
  const between = (least: number | undefined, most: number | undefined, what: string) =>
    least !== undefined && most !== undefined ? [`${least} to ${most}${what}`] : least !== undefined ? [`at least ${least}${what}`] : most !== undefined ? [`at most ${most}${what}`] : [];
  return [
    ...between(rules.min, rules.max, ""),
    ...between(rules.minLength, rules.maxLength, " characters"),
    ...(rules.precision !== undefined ? [`${rules.precision} digits${rules.scale ? `, ${rules.scale} behind the point` : ""}`] : []),
    ...(rules.format ? [rules.format] : []),
    ...(rules.pattern ? [rules.pattern] : []),
    ...(rules.enum && rules.enum.length > 0 ? [`one of ${rules.enum.join(", ")}`] : []),
    ...(members && members.length > 0 ? [members.map((member) => (typeof member === "string" ? member : member.name)).join(", ")] : []),
    ...(rules.references ? [`a row of ${rules.references}`] : []),
    ...transform.map((item) => `→ ${described(transformOf(item))}`),
    ...(example ? [`such as ${example}`] : []),
  ];
}

/** The name of a step alone stands for the whole. */
export const transformOf = (item: Transform | string): Transform => (typeof item === "string" ? { step: item } : item);

function described(transform: Transform): string {
  if (transform.default !== undefined) return `${formatted(transform.default)} if there is none`;
  if (transform.constant !== undefined) return `always ${formatted(transform.constant)}`;
  if (transform.lookup) return `looked up in ${transform.lookup.set} by ${transform.lookup.by}`;
  return transform.compute ?? transform.step ?? "";
}
