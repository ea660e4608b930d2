import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { read } from "./http";
import { service } from "./service";
import type { DataExchangeConfigurationVersions, DocumentFormat, ImportedConfiguration } from "./service/BackOfficeModel";

/** What one publish did to one configuration. */
export type Version = Omit<DataExchangeConfigurationVersions, "Document" | "Configuration">;

interface VersionsPage {
  value: readonly Version[];
  "@odata.nextLink"?: string | undefined;
}

/** The newest first, of one configuration or of all, a page after the other. */
export const versionsQuery = (alias?: string) =>
  infiniteQueryOptions({
    queryKey: ["versions", alias ?? null],
    queryFn: ({ pageParam, signal }) => (pageParam === undefined ? firstVersions(alias, signal) : read<VersionsPage>(pageParam, signal)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page["@odata.nextLink"],
  });

async function firstVersions(alias: string | undefined, signal: AbortSignal): Promise<VersionsPage> {
  const answer = await service.DataExchangeConfigurationVersions().query<Version>(
    (query, version) => {
      query.select("Number", "Alias", "Action", "PublishedAt", "PublishedBy", "Comment").orderBy(version.Number.desc(), version.Alias.asc()).top(500);
      if (alias) query.filter(version.Alias.eq(alias));
    },
    { signal },
  );
  return answer.data;
}

/** What lies between two versions of a configuration; without a second one, up to what is stored now. */
export const differenceQuery = (alias: string, from: number, to: number | undefined, isDeleted: boolean) =>
  queryOptions({
    queryKey: ["versions", alias, "difference", from, to ?? null],
    queryFn: async ({ signal }) => {
      const answer =
        to === undefined && !isDeleted
          ? await service.DataExchangeConfigurations(alias).Diff({ from }, { signal })
          : await service.DataExchangeConfigurationVersions({ Number: to ?? from, Alias: alias }).Diff({ since: from }, { signal });
      return answer.data.value;
    },
  });

export async function rollBack({ Number, Alias }: Pick<Version, "Number" | "Alias">): Promise<void> {
  await service.DataExchangeConfigurationVersions({ Number, Alias }).RollBack();
}

export async function exportDefinitions(format: DocumentFormat): Promise<string> {
  return (await service.DataExchangeConfigurations().ExportDefinitions({ format })).data.value;
}

/** @param isTrial Tells what would change, and changes nothing. */
export async function importDefinitions(document: string, replace: boolean, isTrial: boolean): Promise<readonly ImportedConfiguration[]> {
  return (await service.DataExchangeConfigurations().ImportDefinitions({ document, replace }, isTrial ? { prefer: "validate-only" } : {})).data.value;
}
