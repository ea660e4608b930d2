import { Graph, layout } from "@dagrejs/dagre";
import type { EntitySet, Model, Navigation } from "../../../api/model";
import { manyOf } from "./multiplicity";

export interface Entity {
  set: EntitySet;
  rows: readonly Row[];
  /** Properties that are not drawn. */
  hidden: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Row {
  name: string;
  type: string;
  isKey: boolean;
}

/** Two navigations that are each other's way back are one relation. */
export interface Relation {
  id: string;
  from: string;
  to: string;
  name: string;
  /** How many there are at either end. */
  fromMany: string;
  toMany: string;
}

/** Beyond this number of sets their keys alone are drawn. */
const fullSets = 40;
const mostRows = 9;
export const rowHeight = 20;
export const headHeight = 34;
const width = 210;

/** The sets and singletons of a model, placed so that few relations cross. */
export function graphOf(model: Model): { entities: Entity[]; relations: Relation[] } {
  const sets = [...model.sets, ...model.singletons];
  const relations = sets.flatMap((set) => set.navigations.flatMap((navigation) => relationOf(set, navigation, model) ?? []));
  const boxes = sets.map((set) => boxOf(set, sets.length > fullSets));
  return { entities: shelved(componentsOf(boxes, relations).map((component) => layered(component, relations))), relations };
}

type Box = Omit<Entity, "x" | "y">;

function boxOf(set: EntitySet, keysOnly: boolean): Box {
  const rows = rowsOf(set, keysOnly);
  const hidden = set.properties.length - rows.length;
  return { set, rows, hidden, width, height: headHeight + (rows.length + (hidden > 0 ? 1 : 0)) * rowHeight + 10 };
}

/** What is related, directly or not. */
function componentsOf(boxes: readonly Box[], relations: readonly Relation[]): Box[][] {
  const component = new Map(boxes.map((box) => [box.set.name, [box]]));
  for (const { from, to } of relations) {
    const [one, other] = [component.get(from)!, component.get(to)!];
    if (one === other) continue;
    one.push(...other);
    for (const box of other) component.set(box.set.name, one);
  }
  return [...new Set(component.values())];
}

interface Area {
  entities: Entity[];
  width: number;
  height: number;
}

function layered(boxes: readonly Box[], relations: readonly Relation[]): Area {
  const graph = new Graph({ multigraph: true }).setGraph({ rankdir: "LR", nodesep: 28, ranksep: 110 }).setDefaultEdgeLabel(() => ({}));
  for (const { set, width, height } of boxes) graph.setNode(set.name, { width, height });
  for (const { id, from, to } of relations) if (from !== to && graph.hasNode(from)) graph.setEdge(from, to, {}, id);
  layout(graph);
  const entities = boxes.map((box) => {
    const { x, y } = graph.node(box.set.name) as { x: number; y: number };
    return { ...box, x: x - box.width / 2, y: y - box.height / 2 };
  });
  return { entities, width: Math.max(...entities.map((each) => each.x + each.width)), height: Math.max(...entities.map((each) => each.y + each.height)) };
}

/** Areas side by side, in rows about as wide as a screen is for its height. The largest first. */
function shelved(areas: readonly Area[]): Entity[] {
  const gap = 48;
  const surface = areas.reduce((sum, area) => sum + (area.width + gap) * (area.height + gap), 0);
  const widest = Math.max(Math.sqrt(surface * 2.6), ...areas.map((area) => area.width));
  let [x, y, shelf] = [0, 0, 0];
  return areas.toSorted((one, other) => other.height - one.height).flatMap((area) => {
    if (x > 0 && x + area.width > widest) [x, y, shelf] = [0, y + shelf + gap, 0];
    const [left, top] = [x, y];
    x += area.width + gap;
    shelf = Math.max(shelf, area.height);
    return area.entities.map((entity) => ({ ...entity, x: entity.x + left, y: entity.y + top }));
  });
}

function rowsOf({ key, properties }: EntitySet, keysOnly: boolean): Row[] {
  const rows = properties.map(({ name, type }) => ({ name, type, isKey: key.includes(name) }));
  const keys = rows.filter((row) => row.isKey);
  return keysOnly ? keys : [...keys, ...rows.filter((row) => !row.isKey)].slice(0, mostRows);
}

/** Drawn once, from where one is to where many are. */
function relationOf(set: EntitySet, navigation: Navigation, model: Model): Relation | undefined {
  const target = navigation.target === undefined ? undefined : model.resource(navigation.target);
  if (!target) return undefined;
  const back = target.navigations.find((each) => each.name === navigation.partner && each.target === set.name);
  const isDrawnFromThere = back && (back.isCollection !== navigation.isCollection ? back.isCollection : `${target.name}/${back.name}` < `${set.name}/${navigation.name}`);
  if (isDrawnFromThere) return undefined;
  return {
    id: `${set.name}/${navigation.name}`,
    from: set.name,
    to: target.name,
    name: back ? `${navigation.name} / ${back.name}` : navigation.name,
    fromMany: back ? manyOf(back) : "",
    toMany: manyOf(navigation),
  };
}
