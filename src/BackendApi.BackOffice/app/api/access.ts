import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { read, send } from "./http";
import type { Model } from "./model";
import { service } from "./service";
import type { Permissions } from "./service/BackOfficeModel";

export type { ApiKeys as ApiKey, ClaimValue as Claim, EffectivePermission, Me, OAuthClients as OAuthClient, Roles as Role, Users as User } from "./service/BackOfficeModel";

/** What a role grants on an entity set, or on an operation of that name; * is every set. */
export type Permission = Omit<Permissions, "RoleName" | "Role">;

/** An entity with the state that the client has seen of it: a change of another one is refused. */
export type Stored<T> = T & { "@odata.etag": string };

const quoted = (text: string) => `'${encodeURIComponent(text.replaceAll("'", "''"))}'`;

/** The address of an entity whose key is one text. */
export const entity = (set: string, key: string) => `odata/${set}(${quoted(key)})`;

/** The entity in a body, as what it is related to. */
export const reference = (set: string, key: string) => ({ "@odata.id": `${set}(${quoted(key)})` });

const json = { "Content-Type": "application/json" };

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
      const wanted = `'${search.toLowerCase().replaceAll("'", "''")}'`;
      const searched = list.text.filter((name) => model.set(list.set)?.properties.some((property) => property.name === name));
      if (search) options.set("$filter", searched.map((name) => `contains(tolower(${name}),${wanted})`).join(" or "));
      const answer = await read<{ "@odata.count": number; value: readonly T[] }>(`odata/${list.set}?${options.toString().replaceAll("+", "%20")}`, signal);
      return { count: answer["@odata.count"], rows: answer.value };
    },
  });

/** All names of a set, to choose from. */
export const namesQuery = (set: "Users" | "Roles") =>
  queryOptions({
    queryKey: ["access", set, "names"],
    queryFn: async ({ signal }) => (await read<{ value: readonly { Name: string }[] }>(`odata/${set}?$select=Name&$orderby=Name`, signal)).value.map((each) => each.Name),
  });

/** @param wanted As in {@link ListOf.expand}. */
export const entityQuery = <T>(model: Model, set: string, key: string, wanted: Readonly<Record<string, string>> = {}) => {
  const expand = expansion(model, set, wanted);
  return queryOptions({
    queryKey: ["access", set, "one", key],
    queryFn: ({ signal }) => read<Stored<T>>(`${entity(set, key)}${expand && `?$expand=${expand}`}`, signal),
    // What is edited changes only when its editor asks.
    staleTime: Infinity,
    gcTime: 0,
  });
};

export const permissionsQuery = (role: string) =>
  queryOptions({
    queryKey: ["access", "Roles", "permissions", role],
    queryFn: async ({ signal }) => (await read<{ value: readonly Stored<Permission>[] }>(`${entity("Roles", role)}/Permissions?$orderby=EntitySet`, signal)).value,
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

/** @returns What the service stored, with the secret that it shows only now. */
export async function make<T>(set: string, body: object): Promise<T & { "@BackendApi.ShownOnce"?: string }> {
  return (await (await send(`odata/${set}`, { method: "POST", body: JSON.stringify(body), headers: json })).json()) as T & { "@BackendApi.ShownOnce"?: string };
}

export async function change(address: string, etag: string, body: object): Promise<void> {
  await send(address, { method: "PATCH", body: JSON.stringify(body), headers: { ...json, "If-Match": etag, Prefer: "return=minimal" } });
}

export async function remove(address: string): Promise<void> {
  await send(address, { method: "DELETE" });
}
