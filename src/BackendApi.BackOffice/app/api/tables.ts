import type { Annotations, EntitySet, Model, Navigation, Property, StructuredType } from "./model";

/** An entity set as rows and columns, with what its annotations say that this caller can do with them. */
export interface Table extends Members {
  name: string;
  description?: string;
  key: readonly string[];
  /** The row is a stream itself. */
  hasStream: boolean;
  isSearchable: boolean;
  isInsertable: boolean;
  isUpdatable: boolean;
  isDeletable: boolean;
  /** What a row of a derived type has: own and inherited members, by the type's qualified name. */
  derived: (type: string) => Members | undefined;
}

export interface Members {
  columns: readonly Column[];
  navigations: readonly Navigation[];
}

export interface Column extends Property {
  /** Names of an enumeration's members. */
  members?: readonly string[];
  /** Members of the enumeration can be combined. */
  isFlags: boolean;
  isFilterable: boolean;
  isSortable: boolean;
  /** The service takes a value from whoever makes a row. */
  isCreatable: boolean;
  /** And from whoever changes one. */
  isEditable: boolean;
}

export function tableNamed(model: Model, name: string): Table | undefined {
  const set = model.set(name);
  return set && tableOf(model, set);
}

export function tableOf(model: Model, set: EntitySet): Table {
  const type = model.type(set.type);
  const { description } = set;
  return {
    name: set.name,
    ...(description ? { description } : {}),
    key: set.key,
    columns: set.properties.map((property) => columnOf(model, set.annotations, property)),
    navigations: set.navigations,
    hasStream: type?.hasStream === true,
    isSearchable: restriction(set.annotations, "Search")["Searchable"] !== false,
    isInsertable: restriction(set.annotations, "Insert")["Insertable"] !== false,
    isUpdatable: restriction(set.annotations, "Update")["Updatable"] !== false,
    isDeletable: restriction(set.annotations, "Delete")["Deletable"] !== false,
    derived: (name) => {
      const derived = model.type(name);
      return derived && derived.name !== set.type ? membersOf(model, set, derived) : undefined;
    },
  };
}

function membersOf(model: Model, set: EntitySet, type: StructuredType): Members {
  return {
    columns: type.properties.map((property) => columnOf(model, set.annotations, property)),
    // Where a navigation of the derived type leads, the set says of the others only.
    navigations: type.navigations.map((navigation) => set.navigations.find(({ name }) => name === navigation.name) ?? navigation),
  };
}

function columnOf(model: Model, set: Annotations, property: Property): Column {
  const insert = restriction(set, "Insert");
  const update = restriction(set, "Update");
  const enumeration = model.enumeration(property.type);
  const isExcepted = (paths: unknown) => Array.isArray(paths) && paths.includes(property.name);
  const isReadOnly = property.annotations["Core.Computed"] === true || property.annotations["Core.Permissions"] === "Read";
  return {
    ...property,
    ...(enumeration ? { members: enumeration.members.map((member) => member.name) } : {}),
    isFlags: enumeration?.isFlags === true,
    isFilterable: property.type !== "Edm.Stream" && !isExcepted(restriction(set, "Filter")["NonFilterableProperties"]),
    isSortable: property.type !== "Edm.Stream" && !property.isCollection && !isExcepted(restriction(set, "Sort")["NonSortableProperties"]),
    isCreatable: !isReadOnly && insert["Insertable"] !== false && !isExcepted(insert["NonInsertableProperties"]),
    isEditable: !isReadOnly && update["Updatable"] !== false && property.annotations["Core.Immutable"] !== true && !isExcepted(update["NonUpdatableProperties"]),
  };
}

function restriction(annotations: Annotations, of: "Insert" | "Update" | "Delete" | "Search" | "Filter" | "Sort"): Readonly<Record<string, unknown>> {
  return (annotations[`Capabilities.${of}Restrictions`] ?? {}) as Readonly<Record<string, unknown>>;
}
