import { queryOptions } from "@tanstack/react-query";
import { effectiveQuery, type EffectivePermission } from "../../api/access";
import { configurationsQuery } from "../../api/configurations";
import { serviceRoot } from "../../api/http";
import type { Model } from "../../api/model";
import type { QueryClient } from "@tanstack/react-query";
import { everySet } from "./permissions";

/** A set that the caller can read, of the published tables if there is one. */
function readableSet(rights: readonly EffectivePermission[], names: readonly string[]): string | undefined {
  const isReadable = (set: string) => rights.some((right) => right.EntitySet === set && right.CanRead);
  const isNamed = (set: string) => rights.some((right) => right.EntitySet === set);
  return names.find((name) => isReadable(isNamed(name) ? name : everySet));
}

/** A curl line with the key that works as it stands, in the shells of all systems. */
export const keyCommandQuery = (queries: QueryClient, model: Model, name: string, key: string) =>
  queryOptions({
    queryKey: ["access", "ApiKeys", "command", name, key],
    gcTime: 0,
    queryFn: async () => {
      const rights = await queries.fetchQuery({ ...effectiveQuery("ApiKeys", name), staleTime: 0 });
      const published = (await queries.fetchQuery(configurationsQuery)).filter((each) => each.isActive && each.problems.length === 0).map((each) => each.entitySet);
      const set = readableSet(rights, [...published, ...model.sets.map((each) => each.name)]);
      return `curl -H "X-Api-Key: ${key}" "${new URL(set ? `odata/${set}?top=3` : "odata/", serviceRoot).href}"`;
    },
  });

/** The exchange of a client's id and secret for a token. */
export const tokenCommand = (id: string, secret: string) => `curl -d grant_type=client_credentials --data-urlencode "client_id=${id.replaceAll('"', '\\"')}" -d client_secret=${secret} "${new URL("token", serviceRoot).href}"`;
