import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { allOf, nextOf, read, type Page } from "./http";
import { service } from "./service";
import type { DataExchangeConfigurationVersions, DocumentFormat, ImportedConfiguration } from "./service/BackOfficeModel";

/** What one publish did to one configuration. */
export type Version = Omit<DataExchangeConfigurationVersions, "Document" | "Configuration">;

/** The newest first, of one configuration or of all, a page after the other. */
export const versionsQuery = (alias?: string) =>
  infiniteQueryOptions({
    queryKey: ["versions", alias ?? null],
    queryFn: ({ pageParam, signal }) => (pageParam === undefined ? firstVersions(alias, signal) : read<Page<Version>>(pageParam, signal)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextOf,
  });

/** All versions of one configuration, the newest first. */
export const historyQuery = (alias: string) => queryOptions({ queryKey: ["versions", alias, "all"], queryFn: async ({ signal }) => allOf(await firstVersions(alias, signal), signal) });

const pageSize = 100;

async function firstVersions(alias: string | undefined, signal: AbortSignal): Promise<Page<Version>> {
  const answer = await service.DataExchangeConfigurationVersions().query<Version>(
    (query, version) => {
      query.select("Number", "Alias", "Action", "PublishedAt", "PublishedBy", "Comment").orderBy(version.Number.desc(), version.Alias.asc());
      if (alias) query.filter(version.Alias.eq(alias));
    },
    { signal, maxPageSize: pageSize },
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
