import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { entity, type Stored } from "./entities";
import { allOf, read, readAll, type Page } from "./http";
import { quoted } from "./literals";
import type { Model } from "./model";
import { service } from "./service";
import type { Permissions } from "./service/BackOfficeModel";

export type { ApiKeys as ApiKey, ClaimValue as Claim, EffectivePermission, Me, OAuthClients as OAuthClient, Roles as Role, Users as User } from "./service/BackOfficeModel";

/** What a role grants on an entity set, or on an operation of that name; * is every set. */
export type Permission = Omit<Permissions, "RoleName" | "Role">;

export interface ListOf {
  set: string;
  key: string;
  /** What is searched. */
  text: readonly string[];
  /** What is shown of related entities: an option of $expand for each relation. */
  expand: Readonly<Record<string, string>>;
}

/** $expand, as far as the caller may see those relations. */
export function expansion(model: Model, set: string, wanted: Readonly<Record<string, string>>): string {
  const known = model.set(set)?.navigations ?? [];
  return Object.entries(wanted).flatMap(([name, options]) => (known.some((each) => each.name === name) ? [`${name}(${options})`] : [])).join(",");
}

export const pageSize = 25;

export const listQuery = <T>(model: Model, list: ListOf, search: string, page: number) =>
  queryOptions({
    queryKey: ["access", list.set, "list", search, page],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const options = new URLSearchParams({ $orderby: list.key, $count: "true", $top: String(pageSize), $skip: String((page - 1) * pageSize) });
      const expand = expansion(model, list.set, list.expand);
      if (expand) options.set("$expand", expand);
      const searched = list.text.filter((name) => model.set(list.set)?.properties.some((property) => property.name === name));
      if (search) options.set("$filter", searched.map((name) => `contains(tolower(${name}),${quoted(search.toLowerCase())})`).join(" or "));
      const answer = await read<Page<T> & { "@odata.count": number }>(`odata/${list.set}?${options.toString().replaceAll("+", "%20")}`, signal);
      const rows = await allOf(answer, signal);
      return { count: answer["@odata.count"], rows: await Promise.all(rows.map((row) => completed(row, signal))) };
    },
  });

/** All names of a set, to choose from. */
export const namesQuery = (set: "Users" | "Roles") =>
  queryOptions({
    queryKey: ["access", set, "names"],
    queryFn: async ({ signal }) => (await readAll<{ Name: string }>(`odata/${set}?$select=Name&$orderby=Name`, signal)).map((each) => each.Name),
  });

/** @param wanted As in {@link ListOf.expand}. */
export const entityQuery = <T>(model: Model, set: string, key: string, wanted: Readonly<Record<string, string>> = {}) => {
  const expand = expansion(model, set, wanted);
  return queryOptions({
    queryKey: ["access", set, "one", key],
    queryFn: async ({ signal }) => completed(await read<Stored<T>>(`${entity(set, key)}${expand && `?$expand=${expand}`}`, signal), signal),
    // What is edited changes only when its editor asks.
    staleTime: Infinity,
    gcTime: 0,
  });
};

const cut = "@odata.nextLink";

/** An entity with all that it is related to, where not all fitted into the answer: what is saved is the whole. */
async function completed<T>(entity: T, signal: AbortSignal): Promise<T> {
  const read = entity as Record<string, unknown>;
  const names = Object.keys(read).flatMap((name) => (name.endsWith(cut) ? [name.slice(0, -cut.length)] : []));
  const related = await Promise.all(names.map(async (name) => [name, await allOf({ value: read[name] as readonly unknown[], [cut]: read[name + cut] as string }, signal)] as const));
  return { ...entity, ...Object.fromEntries(related) };
}

export const permissionsQuery = (role: string) =>
  queryOptions({
    queryKey: ["access", "Roles", "permissions", role],
    queryFn: ({ signal }) => readAll<Stored<Permission>>(`${entity("Roles", role)}/Permissions?$orderby=EntitySet`, signal),
    // What is edited changes only when its editor asks.
    staleTime: Infinity,
    gcTime: 0,
  });

const callers = {
  Users: (name: string) => service.Users(name),
  ApiKeys: (name: string) => service.ApiKeys(name),
  OAuthClients: (id: string) => service.OAuthClients(id),
};

/** What somebody may do: a user, a key or a client, or with null whoever asks. */
export const effectiveQuery = (set: keyof typeof callers, key: string | null) =>
  queryOptions({
    queryKey: ["access", set, "effective", key],
    queryFn: async ({ signal }) => (await (key === null ? service.MyPermissions({ signal }) : callers[set](key).EffectivePermissions({ signal }))).data.value,
  });

export const meQuery = queryOptions({ queryKey: ["access", "me"], queryFn: async ({ signal }) => (await service.Me().query(undefined, { signal })).data });
