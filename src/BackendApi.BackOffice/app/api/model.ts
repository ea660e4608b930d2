import { queryOptions } from "@tanstack/react-query";
import { parseExactly, send } from "./http";

/** The service's model as its own $metadata tells it: CSDL JSON 4.01, as far as pages look at it. */
export interface Model {
  sets: readonly EntitySet[];
  singletons: readonly EntitySet[];
  operations: readonly Operation[];
  /** The operators and functions of expressions. */
  filterFunctions: readonly string[];
  /** The transformations of $apply. */
  transformations: readonly string[];
  set(name: string): EntitySet | undefined;
  /** An entity set or a singleton. */
  resource(name: string): EntitySet | undefined;
  /** A structured type by its qualified name. */
  type(name: string): StructuredType | undefined;
  /** The types that are derived from one, directly or not. */
  derivedFrom(name: string): StructuredType[];
  enumeration(name: string): Enumeration | undefined;
}

/** Terms with their values. The standard vocabularies are written short: `Core.Computed`. */
export type Annotations = Readonly<Record<string, unknown>>;

export interface StructuredType {
  name: string;
  description?: string;
  isEntity: boolean;
  /** The entity is a stream itself. */
  hasStream: boolean;
  baseType?: string;
  key: readonly string[];
  /** Those of the base types first. */
  properties: readonly Property[];
  navigations: readonly Navigation[];
  annotations: Annotations;
}

export interface EntitySet {
  name: string;
  type: string;
  isSingleton: boolean;
  description?: string;
  key: readonly string[];
  properties: readonly Property[];
  navigations: readonly Navigation[];
  annotations: Annotations;
}

export interface Property {
  name: string;
  type: string;
  isCollection: boolean;
  isNullable: boolean;
  description?: string;
  maxLength?: number;
  precision?: number;
  scale?: number | string;
  annotations: Annotations;
}

export interface Navigation {
  name: string;
  type: string;
  isCollection: boolean;
  isNullable: boolean;
  description?: string;
  partner?: string;
  /** The properties that refer, with those that they refer to. */
  constraint?: Readonly<Record<string, string>>;
  /** The set that is led to, where the model names one. */
  target?: string;
}

export interface Enumeration {
  name: string;
  isFlags: boolean;
  members: readonly { name: string; description?: string }[];
}

export interface Operation {
  name: string;
  /** With the namespace, as it stands in addresses. */
  qualifiedName: string;
  isFunction: boolean;
  description?: string;
  /** What it is called on, when it is bound. */
  binding?: Parameter;
  /** Those that a caller gives. */
  parameters: readonly Parameter[];
  returns?: { type: string; isCollection: boolean };
}

export interface Parameter {
  name: string;
  type: string;
  isCollection: boolean;
  isNullable: boolean;
  isOptional: boolean;
  description?: string;
}

type Csdl = Record<string, unknown>;

export const modelQuery = queryOptions({
  queryKey: ["model"],
  // Bounds and examples can be longer than a number of JavaScript's.
  queryFn: async ({ signal }) => modelOf(parseExactly(await (await send("odata/$metadata?$format=json", { signal })).text()) as Csdl),
  staleTime: 30_000,
});

export function modelOf(document: Csdl): Model {
  const elements = elementsOf(document);
  const types = new Map<string, StructuredType>();
  const enumerations = new Map<string, Enumeration>();
  const operations: Operation[] = [];
  for (const [name, element] of elements)
    if (Array.isArray(element)) operations.push(...element.map((overload) => operationOf(name, overload)));
    else if (element["$Kind"] === "EnumType") enumerations.set(name, enumerationOf(name, element));
    else if (element["$Kind"] === "EntityType" || element["$Kind"] === "ComplexType") types.set(name, typeOf(name, element, elements));

  const container = object(elements.get(document["$EntityContainer"] as string));
  const annotations = annotationsOf(container);
  const members = Object.entries(container)
    .filter(([name, element]) => !/[$@]/.test(name) && isObject(element) && "$Type" in element)
    .map(([name, element]) => setOf(name, element as Csdl, types))
    .sort(byName);
  const sets = members.filter((member) => !member.isSingleton);
  const resources = new Map(members.map((member) => [member.name, member]));
  return {
    sets,
    singletons: members.filter((member) => member.isSingleton),
    operations: operations.sort(byName),
    filterFunctions: (annotations["Capabilities.FilterFunctions"] ?? []) as string[],
    transformations: (object(annotations["Aggregation.ApplySupportedDefaults"])["Transformations"] ?? []) as string[],
    set: (name) => sets.find((set) => set.name === name),
    resource: (name) => resources.get(name),
    type: (name) => types.get(name),
    derivedFrom: (name) => [...types.values()].filter((type) => isDerived(type, name, types)),
    enumeration: (name) => enumerations.get(name),
  };
}

/** Types and operations by their qualified names. Operations are lists of overloads. */
function elementsOf(document: Csdl): Map<string, Csdl | Csdl[]> {
  const elements = new Map<string, Csdl | Csdl[]>();
  for (const [namespace, schema] of Object.entries(document))
    if (!namespace.startsWith("$") && isObject(schema))
      for (const [name, element] of Object.entries(schema)) if (isObject(element) || Array.isArray(element)) elements.set(`${namespace}.${name}`, element as Csdl | Csdl[]);
  return elements;
}

function typeOf(name: string, element: Csdl, elements: Map<string, Csdl | Csdl[]>): StructuredType {
  const baseType = element["$BaseType"] as string | undefined;
  const base = baseType ? typeOf(baseType, object(elements.get(baseType)), elements) : undefined;
  const members = Object.entries(element).filter(([member, value]) => !/[$@]/.test(member) && isObject(value)) as [string, Csdl][];
  return {
    name,
    ...described(element),
    isEntity: element["$Kind"] === "EntityType",
    hasStream: element["$HasStream"] === true || base?.hasStream === true,
    ...(baseType ? { baseType } : {}),
    key: base?.key ?? ((element["$Key"] ?? []) as (string | Record<string, string>)[]).map((part) => (typeof part === "string" ? part : Object.values(part)[0]!)),
    properties: [...(base?.properties ?? []), ...members.filter(([, value]) => value["$Kind"] !== "NavigationProperty").map(([member, value]) => propertyOf(member, value))],
    navigations: [...(base?.navigations ?? []), ...members.filter(([, value]) => value["$Kind"] === "NavigationProperty").map(([member, value]) => navigationOf(member, value))],
    annotations: annotationsOf(element),
  };
}

function isDerived({ baseType }: StructuredType, from: string, types: ReadonlyMap<string, StructuredType>): boolean {
  return baseType !== undefined && (baseType === from || isDerived(types.get(baseType)!, from, types));
}

function propertyOf(name: string, element: Csdl): Property {
  return {
    name,
    ...typed(element),
    ...described(element),
    ...optional("maxLength", element["$MaxLength"] as number | undefined),
    ...optional("precision", element["$Precision"] as number | undefined),
    ...optional("scale", element["$Scale"] as number | string | undefined),
    annotations: annotationsOf(element),
  };
}

function navigationOf(name: string, element: Csdl): Navigation {
  return { name, ...typed(element), ...described(element), ...optional("partner", element["$Partner"] as string | undefined), ...optional("constraint", element["$ReferentialConstraint"] as Record<string, string> | undefined) };
}

function setOf(name: string, element: Csdl, types: Map<string, StructuredType>): EntitySet {
  const type = types.get(element["$Type"] as string);
  const targets = object(element["$NavigationPropertyBinding"]) as Record<string, string>;
  return {
    name,
    type: element["$Type"] as string,
    isSingleton: element["$Collection"] !== true,
    ...optional("description", described(element).description ?? type?.description),
    key: type?.key ?? [],
    properties: type?.properties ?? [],
    navigations: (type?.navigations ?? []).map((navigation) => ({ ...navigation, ...optional("target", targets[navigation.name]) })),
    annotations: annotationsOf(element),
  };
}

function enumerationOf(name: string, element: Csdl): Enumeration {
  const members = Object.keys(element).filter((member) => !/[$@]/.test(member));
  return { name, isFlags: element["$IsFlags"] === true, members: members.map((member) => ({ name: member, ...optional("description", element[`${member}@Org.OData.Core.V1.Description`] as string | undefined) })) };
}

function operationOf(qualifiedName: string, overload: Csdl): Operation {
  const parameters = ((overload["$Parameter"] ?? []) as Csdl[]).map(
    (parameter): Parameter => ({
      name: parameter["$Name"] as string,
      ...typed(parameter),
      ...described(parameter),
      isOptional: "Core.OptionalParameter" in annotationsOf(parameter),
    }),
  );
  const isBound = overload["$IsBound"] === true;
  const returns = overload["$ReturnType"] as Csdl | undefined;
  return {
    name: qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1),
    qualifiedName,
    isFunction: overload["$Kind"] === "Function",
    ...described(overload),
    ...(isBound ? { binding: parameters[0]! } : {}),
    parameters: isBound ? parameters.slice(1) : parameters,
    ...(returns ? { returns: typed(returns) } : {}),
  };
}

function typed(element: Csdl): { type: string; isCollection: boolean; isNullable: boolean } {
  return { type: (element["$Type"] as string | undefined) ?? "Edm.String", isCollection: element["$Collection"] === true, isNullable: element["$Nullable"] === true };
}

function annotationsOf(element: Csdl): Annotations {
  const terms = Object.entries(element).filter(([name]) => name.startsWith("@"));
  return Object.fromEntries(terms.map(([name, value]) => [name.slice(1).replace(/^Org\.OData\.(\w+)\.V1\./, "$1."), value]));
}

function described(element: Csdl): { description?: string } {
  return optional("description", annotationsOf(element)["Core.Description"] as string | undefined);
}

/** A member that is there only when it has a value. */
function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}

const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);

const object = (value: unknown): Csdl => (isObject(value) ? value : {});

function isObject(value: unknown): value is Csdl {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
