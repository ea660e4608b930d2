import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { read, send } from "./http";

/** What one publish did to one configuration. */
export interface Version {
  Number: number;
  Alias: string;
  Action: string;
  PublishedAt: string;
  PublishedBy: string;
  Comment: string | null;
}

export interface DocumentChange {
  Path: string;
  Kind: "Added" | "Removed" | "Changed" | "Moved";
  Item: string | null;
  Before: string | null;
  After: string | null;
}

export interface ImportedConfiguration {
  Alias: string;
  Action: "Created" | "Changed" | "Deleted";
  Changes: readonly DocumentChange[];
}

export type DocumentFormat = "Json" | "Yaml";

const configurations = "odata/DataExchangeConfigurations";
const versions = "odata/DataExchangeConfigurationVersions";

const quoted = (text: string) => `'${encodeURIComponent(text.replaceAll("'", "''"))}'`;
const keyOf = (number: number, alias: string) => `(Number=${number},Alias=${quoted(alias)})`;

interface VersionsPage {
  value: readonly Version[];
  "@odata.nextLink"?: string;
}

const members = "$select=Number,Alias,Action,PublishedAt,PublishedBy,Comment";

/** The newest first, of one configuration or of all, a page after the other. */
export const versionsQuery = (alias?: string) =>
  infiniteQueryOptions({
    queryKey: ["versions", alias ?? null],
    queryFn: ({ pageParam, signal }) => read<VersionsPage>(pageParam, signal),
    initialPageParam: `${versions}?${members}&$orderby=Number desc,Alias&$top=500${alias ? `&$filter=Alias eq ${quoted(alias)}` : ""}`,
    getNextPageParam: (page) => page["@odata.nextLink"],
  });

/** What lies between two versions of a configuration; without a second one, up to what is stored now. */
export const differenceQuery = (alias: string, from: number, to: number | undefined, isDeleted: boolean) =>
  queryOptions({
    queryKey: ["versions", alias, "difference", from, to ?? null],
    queryFn: async ({ signal }) => {
      const address = to === undefined && !isDeleted
        ? `${configurations}(${quoted(alias)})/BackendApi.Diff(from=${from})`
        : `${versions}${keyOf(to ?? from, alias)}/BackendApi.Diff(since=${from})`;
      return (await read<{ value: readonly DocumentChange[] }>(address, signal)).value;
    },
  });

export async function rollBack(version: Pick<Version, "Number" | "Alias">): Promise<void> {
  await send(`${versions}${keyOf(version.Number, version.Alias)}/BackendApi.RollBack`, { method: "POST" });
}

export async function exportDefinitions(format: DocumentFormat): Promise<string> {
  return (await read<{ value: string }>(`${configurations}/BackendApi.ExportDefinitions(format=BackendApi.DocumentFormat'${format}')`)).value;
}

/** @param isTrial Tells what would change, and changes nothing. */
export async function importDefinitions(document: string, replace: boolean, isTrial: boolean): Promise<readonly ImportedConfiguration[]> {
  const response = await send(`${configurations}/BackendApi.ImportDefinitions`, {
    method: "POST",
    body: JSON.stringify({ document, replace }),
    headers: { "Content-Type": "application/json", ...(isTrial ? { Prefer: "validate-only" } : {}) },
  });
  return ((await response.json()) as { value: readonly ImportedConfiguration[] }).value;
}
