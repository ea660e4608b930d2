import { queryOptions } from "@tanstack/react-query";
import { read } from "./http";

/** The service's model as its own $metadata tells it: CSDL JSON 4.01, as far as pages look at it. */
export interface Model {
  sets: readonly EntitySet[];
  set(name: string): EntitySet | undefined;
}

export interface EntitySet {
  name: string;
  description?: string;
  key: readonly string[];
  properties: readonly Property[];
  navigations: readonly Navigation[];
}

export interface Property {
  name: string;
  type: string;
  isCollection: boolean;
  isNullable: boolean;
  description?: string;
}

export interface Navigation {
  name: string;
  type: string;
  isCollection: boolean;
  target?: string;
}

type Csdl = Record<string, unknown>;

export const modelQuery = queryOptions({
  queryKey: ["model"],
  queryFn: async ({ signal }) => modelOf(await read<Csdl>("odata/$metadata?$format=json", signal)),
  staleTime: 30_000,
});

export function modelOf(document: Csdl): Model {
  const schemas = Object.entries(document).filter(([name, schema]) => !name.startsWith("$") && isObject(schema)) as [string, Csdl][];
  const types = new Map<string, Csdl>();
  for (const [namespace, schema] of schemas)
    for (const [name, element] of Object.entries(schema)) if (isObject(element)) types.set(`${namespace}.${name}`, element);
  const container = types.get(document["$EntityContainer"] as string) ?? {};
  const sets = Object.entries(container)
    .filter(([, element]) => isObject(element) && element["$Collection"] === true)
    .map(([name, element]) => setOf(name, element as Csdl, types))
    .sort((one, other) => one.name.localeCompare(other.name));
  return { sets, set: (name) => sets.find((set) => set.name === name) };
}

function setOf(name: string, element: Csdl, types: Map<string, Csdl>): EntitySet {
  const type = types.get(element["$Type"] as string) ?? {};
  const targets = (element["$NavigationPropertyBinding"] ?? {}) as Record<string, string>;
  const members = Object.entries(type).filter(([member, value]) => !/[$@]/.test(member) && isObject(value)) as [string, Csdl][];
  const navigations = members.filter(([, value]) => value["$Kind"] === "NavigationProperty");
  return {
    name,
    ...described(element, type),
    key: ((type["$Key"] ?? []) as (string | Record<string, string>)[]).map((part) => (typeof part === "string" ? part : Object.values(part)[0]!)),
    properties: members
      .filter(([, value]) => value["$Kind"] !== "NavigationProperty")
      .map(([member, value]) => ({
        name: member,
        type: (value["$Type"] as string | undefined) ?? "Edm.String",
        isCollection: value["$Collection"] === true,
        isNullable: value["$Nullable"] === true,
        ...described(value),
      })),
    navigations: navigations.map(([member, value]) => ({
      name: member,
      type: value["$Type"] as string,
      isCollection: value["$Collection"] === true,
      ...(targets[member] ? { target: targets[member] } : {}),
    })),
  };
}

function described(...elements: Csdl[]): { description?: string } {
  for (const element of elements) {
    const text = element["@Org.OData.Core.V1.Description"] ?? element["@Core.Description"];
    if (typeof text === "string") return { description: text };
  }
  return {};
}

function isObject(value: unknown): value is Csdl {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
