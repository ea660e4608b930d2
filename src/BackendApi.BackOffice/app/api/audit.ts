import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { nextOf, read, type Page } from "./http";
import { service } from "./service";
import type { AuditEntries } from "./service/BackOfficeModel";

export type AuditEntry = AuditEntries;

/** One line of the log; what exactly was changed is read with the entry alone. */
export type AuditLine = Omit<AuditEntry, "Changes">;

export interface AuditQuestion {
  who?: string | undefined;
  set?: string | undefined;
  key?: string | undefined;
  /** Days of the reader, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

/** The newest first, a page after the other. */
export const auditQuery = (question: AuditQuestion) =>
  infiniteQueryOptions({
    queryKey: ["audit", question],
    queryFn: ({ pageParam, signal }) => (pageParam === undefined ? firstPage(question, signal) : read<Page<AuditLine>>(pageParam, signal)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextOf,
  });

const pageSize = 50;

async function firstPage({ who, set, key, from, to }: AuditQuestion, signal: AbortSignal): Promise<Page<AuditLine>> {
  const answer = await service.AuditEntries().query<AuditLine>(
    (query, entry) => {
      query.select("Id", "At", "RequestId", "Caller", "CallerKind", "Address", "Operation", "EntitySet", "Key", "Rows").orderBy(entry.Id.desc());
      if (who) query.filter(entry.Caller.toLower().contains(who.toLowerCase()));
      // Links are told by the set and the relation.
      if (set) query.filter(entry.EntitySet.eq(set).or(entry.EntitySet.startsWith(`${set}/`)));
      if (key) query.filter(entry.Key.eq(key).or(entry.Key.eq(`'${key}'`)));
      if (from) query.filter(entry.At.ge(startOf(from).toISOString()));
      if (to) query.filter(entry.At.lt(dayAfter(startOf(to)).toISOString()));
    },
    { signal, maxPageSize: pageSize },
  );
  return answer.data;
}

const startOf = (day: string) => new Date(`${day}T00:00:00`);

function dayAfter(day: Date): Date {
  const next = new Date(day);
  next.setDate(next.getDate() + 1);
  return next;
}

export const auditEntryQuery = (id: number) =>
  queryOptions({ queryKey: ["audit", "entry", id], queryFn: async ({ signal }) => (await service.AuditEntries(id).query(undefined, { signal })).data, staleTime: Infinity });

/** What became of one entity. */
export interface EntityChange {
  key?: string;
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
}

export const changesOf = (entry: AuditEntry) => JSON.parse(entry.Changes) as readonly EntityChange[];
