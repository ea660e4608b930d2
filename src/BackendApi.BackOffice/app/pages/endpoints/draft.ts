import type { Configuration, Field } from "../../api/configurations";

/** A configuration while it is edited: every column of the table is there, exposed or not, so that one that was taken away can come back. */
export interface Draft {
  alias: string;
  entitySet: string;
  description: string;
  isActive: boolean;
  allow: Configuration["allow"];
  fields: readonly DraftField[];
}

export interface DraftField extends Field {
  isExposed: boolean;
}

/** @param catalogue What the database says of the table: what a configuration leaves open, it decides. */
export function draftOf(configuration: Configuration, catalogue: Configuration): Draft {
  const known = new Map(catalogue.fields.map((field) => [field.column, field]));
  const exposed = (configuration.fields.length > 0 ? configuration.fields : catalogue.fields).map((field) => ({ ...filled(field, known.get(field.column)), isExposed: true }));
  const others = catalogue.fields.filter((field) => !exposed.some((each) => each.column === field.column)).map((field) => ({ ...field, isExposed: false }));
  return {
    alias: configuration.alias,
    entitySet: configuration.entitySet,
    description: configuration.description ?? "",
    isActive: configuration.isActive,
    allow: configuration.allow,
    fields: [...exposed, ...others],
  };
}

/** What is published of a draft. */
export function chosen(draft: Draft): Partial<Configuration> {
  return {
    alias: draft.alias,
    entitySet: draft.entitySet,
    description: draft.description || null,
    isActive: draft.isActive,
    allow: draft.allow,
    fields: draft.fields.filter((field) => field.isExposed).map(({ isExposed: _, ...field }) => field),
  };
}

/** What a configuration leaves open is null; of a column that the database has no more, nothing is known besides. */
function filled(field: Field, catalogue: Field | undefined): Field {
  const given = Object.entries(field).filter(([, value]) => value !== null);
  return { ...field, ...catalogue, ...Object.fromEntries(given) };
}
