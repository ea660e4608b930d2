import { keepPreviousData, queryOptions, type QueryClient } from "@tanstack/react-query";
import type { ConfigurationDocument } from "./document";
import { change as changeEntity, entity, make } from "./entities";
import { ChangeSetError, sendChangeSet } from "./batch";
import { allOf, ServiceError } from "./http";
import { service } from "./service";
import type { DataExchangeConfigurations } from "./service/BackOfficeModel";

/** A configuration as lists show it. */
export interface Configuration extends Pick<DataExchangeConfigurations, "alias" | "table" | "isActive" | "description"> {
  entitySet: string;
}

/** A configuration with the state that the client has seen of it: a change of another one is refused. */
export interface Stored {
  document: ConfigurationDocument;
  etag: string;
}

export const configurationsQuery = queryOptions({
  queryKey: ["configurations"],
  queryFn: async ({ signal }) => {
    const [stored, problems] = await Promise.all([
      service.DataExchangeConfigurations().query<Pick<DataExchangeConfigurations, keyof Configuration>>((query, each) => query.select("alias", "entitySet", "table", "isActive", "description").orderBy(each.alias.asc()), { signal }),
      service.DataExchangeConfigurations().DefinitionProblems({ signal }),
    ]);
    return (await allOf(stored.data, signal)).map((each) => ({ ...each, entitySet: each.entitySet ?? setOf(each.alias), problems: problems.data.value.filter((problem) => problem.Alias === each.alias) }));
  },
});

/** The name of a set that its document does not say. */
function setOf(alias: string): string {
  const name = alias.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
  return /^\d/.test(name) ? `_${name}` : name;
}

export const configurationQuery = (alias: string) =>
  queryOptions({
    queryKey: ["configurations", alias],
    queryFn: ({ signal }) => readStored(alias, signal),
    // What is edited changes only when its editor asks.
    staleTime: Infinity,
  });

/** The document as it was written, which the entity does not tell: there what is left out and what is empty look alike. */
async function readStored(alias: string, signal: AbortSignal): Promise<Stored> {
  const { data, headers } = await service
    .DataExchangeConfigurations(alias)
    .query((query) => query.select("alias").expanding("Versions", (versions, version) => versions.select("Document").orderBy(version.Number.desc()).top(1)), { signal });
  const [latest] = data.Versions ?? [];
  if (!latest?.Document) throw new ServiceError(404, "NotFound", `The history of ${alias} is not there to be read.`);
  return { document: JSON.parse(latest.Document) as ConfigurationDocument, etag: headers["etag"] ?? "*" };
}

export const tablesQuery = queryOptions({
  queryKey: ["tables"],
  queryFn: async ({ signal }) => (await service.DataExchangeConfigurations().PublishableTables({ signal })).data.value,
});

const preview = async (table: string, rows: number, signal: AbortSignal) => (await service.DataExchangeConfigurations().PreviewTable({ table, rows }, { signal })).data;

export const previewQuery = (table: string) => queryOptions({ queryKey: ["tables", table, "preview"], queryFn: ({ signal }) => preview(table, 10, signal) });

export const columnsQuery = (table: string) =>
  queryOptions({ queryKey: ["tables", table, "columns"], queryFn: async ({ signal }) => (await preview(table, 0, signal)).Columns, staleTime: 60_000 });

/** All that the catalogue says of a table, as a document. */
export const suggestionQuery = (table: string) =>
  queryOptions({
    queryKey: ["tables", table, "suggestion"],
    queryFn: async ({ signal }) => JSON.parse((await service.DataExchangeConfigurations().SuggestDefinition({ table }, { signal })).data.value) as ConfigurationDocument,
  });

/** What a document would lead to: all of its mistakes, or its type and the first rows. */
export const trialQuery = (document: ConfigurationDocument, rows: number) =>
  queryOptions({
    queryKey: ["trial", document, rows],
    queryFn: async ({ signal }) => (await service.DataExchangeConfigurations().TestDefinition({ document: JSON.stringify(document), rows }, { signal })).data,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

export const dependentsQuery = (alias: string) =>
  queryOptions({ queryKey: ["configurations", alias, "dependents"], queryFn: async ({ signal }) => (await service.DataExchangeConfigurations(alias).Dependents({ signal })).data.value });

/** Something was published: whatever is shown next is asked for anew. */
export function forgetPublished(queries: QueryClient): void {
  for (const key of ["configurations", "tables", "versions", "model"]) queries.removeQueries({ queryKey: [key], type: "inactive" });
  void queries.invalidateQueries({ type: "active", predicate: (query) => query.queryKey[0] !== "configurations" || query.queryKey.length === 1 });
}

// What is written is a document, which need not have the shape of the entity that the generated client knows.

export async function publish(document: ConfigurationDocument): Promise<void> {
  await make("DataExchangeConfigurations", document);
}

/** All or none, as one version. The details of a refusal name each document by its alias. */
export async function publishAll(documents: readonly ConfigurationDocument[]): Promise<void> {
  try {
    await sendChangeSet(documents.map((body) => ({ method: "POST", url: "DataExchangeConfigurations", body })));
  } catch (refusal) {
    if (!(refusal instanceof ChangeSetError) || refusal.details.length > 0 || !refusal.target) throw refusal;
    // What is wrong with one request alone is said without the alias of its document.
    const { status, code, message, target, place } = refusal;
    throw new ServiceError(status, code, message, target, [{ code, message, target: `${documents[place]?.alias}: ${target}` }]);
  }
}

/** @param changes A merge patch. */
export async function change(alias: string, changes: object, etag: string): Promise<void> {
  await changeEntity(entity("DataExchangeConfigurations", alias), etag, changes);
}

export async function setActive(alias: string, isActive: boolean): Promise<void> {
  const configuration = service.DataExchangeConfigurations(alias);
  await (isActive ? configuration.Activate() : configuration.Deactivate());
}

export async function remove(alias: string, etag: string): Promise<void> {
  await service.DataExchangeConfigurations(alias).delete({ ifMatch: etag });
}
