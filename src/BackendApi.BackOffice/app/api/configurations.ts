import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { read, send } from "./http";

/** A Data Exchange configuration, as the service shows and takes it. What is null, the database's catalogue decides. */
export interface Configuration {
  alias: string;
  entitySet: string;
  table: string;
  isActive: boolean;
  allow: Allow;
  description: string | null;
  fields: readonly Field[];
}

export interface Allow {
  create: boolean;
  update: boolean;
  delete: boolean;
}

export interface Field {
  column: string;
  name: string | null;
  type: string | null;
  isCreatable: boolean | null;
  isEditable: boolean | null;
  description: string | null;
  validation: Validation | null;
}

export interface Validation {
  isRequired: boolean | null;
  maxLength: number | null;
  pattern: string | null;
}

/** A configuration with the state that the client has seen of it: a change of another one is refused. */
export interface Read<T> {
  value: T;
  etag: string;
}

export interface PublishableTable {
  Name: string;
  IsView: boolean;
  Columns: number;
  EstimatedRows: number | null;
  Description: string | null;
  PublishedAs: readonly string[];
}

export interface TablePreview {
  Columns: readonly { Column: string; Name: string; Type: string }[];
  /** A JSON object each. */
  Rows: readonly string[];
}

/** What refers to a configuration's set. */
export interface Dependent {
  Kind: string;
  Name: string;
  Message: string;
  PreventsDeactivation: boolean;
  PreventsDelete: boolean;
}

const set = "odata/DataExchangeConfigurations";

const one = (alias: string) => `${set}('${encodeURIComponent(alias.replaceAll("'", "''"))}')`;
const text = (value: string) => `'${encodeURIComponent(value.replaceAll("'", "''"))}'`;

type Values<T> = { value: readonly T[] };

export const configurationsQuery = queryOptions({
  queryKey: ["configurations"],
  queryFn: async ({ signal }) => {
    const [stored, problems] = await Promise.all([
      read<Values<Pick<Configuration, "alias" | "entitySet" | "table" | "isActive" | "description">>>(`${set}?$select=alias,entitySet,table,isActive,description&$orderby=alias`, signal),
      read<Values<{ Alias: string; Path: string; Message: string }>>(`${set}/BackendApi.DefinitionProblems()`, signal),
    ]);
    return stored.value.map((each) => ({ ...each, problems: problems.value.filter((problem) => problem.Alias === each.alias) }));
  },
});

export const configurationQuery = (alias: string) =>
  queryOptions({
    queryKey: ["configurations", alias],
    queryFn: async ({ signal }): Promise<Read<Configuration>> => {
      const response = await send(one(alias), { signal });
      return { value: (await response.json()) as Configuration, etag: response.headers.get("ETag") ?? "*" };
    },
    // What is edited changes only when its editor asks.
    staleTime: Infinity,
  });

export const tablesQuery = queryOptions({
  queryKey: ["tables"],
  queryFn: async ({ signal }) => (await read<Values<PublishableTable>>(`${set}/BackendApi.PublishableTables()`, signal)).value,
});

export const previewQuery = (table: string) =>
  queryOptions({ queryKey: ["tables", table, "preview"], queryFn: ({ signal }) => read<TablePreview>(`${set}/BackendApi.PreviewTable(table=${text(table)},rows=5)`, signal) });

/** All that the catalogue says of a table, as a configuration. */
export const suggestionQuery = (table: string) =>
  queryOptions({
    queryKey: ["tables", table, "suggestion"],
    queryFn: async ({ signal }) => JSON.parse((await read<{ value: string }>(`${set}/BackendApi.SuggestDefinition(table=${text(table)})`, signal)).value) as Configuration,
  });

export const dependentsQuery = (alias: string) =>
  queryOptions({ queryKey: ["configurations", alias, "dependents"], queryFn: async ({ signal }) => (await read<Values<Dependent>>(`${one(alias)}/BackendApi.Dependents()`, signal)).value });

/** Something was published: whatever is shown next is asked for anew. */
export function forgetPublished(queries: QueryClient): void {
  for (const key of ["configurations", "tables", "versions", "model"]) queries.removeQueries({ queryKey: [key], type: "inactive" });
  void queries.invalidateQueries({ type: "active", predicate: (query) => query.queryKey[0] !== "configurations" || query.queryKey.length === 1 });
}

export async function publish(configuration: Partial<Configuration>): Promise<Configuration> {
  const response = await send(set, { method: "POST", body: JSON.stringify(configuration), headers: { "Content-Type": "application/json" } });
  return (await response.json()) as Configuration;
}

export async function change(alias: string, changes: Partial<Configuration>, etag: string): Promise<Read<Configuration>> {
  const response = await send(one(alias), {
    method: "PATCH",
    body: JSON.stringify(changes),
    headers: { "Content-Type": "application/json", "If-Match": etag, Prefer: "return=representation" },
  });
  return { value: (await response.json()) as Configuration, etag: response.headers.get("ETag") ?? "*" };
}

export async function remove(alias: string, etag: string): Promise<void> {
  await send(one(alias), { method: "DELETE", headers: { "If-Match": etag } });
}
