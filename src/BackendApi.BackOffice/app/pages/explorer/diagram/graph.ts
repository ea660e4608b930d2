import { Graph, layout } from "@dagrejs/dagre";
import type { EntitySet, Model, Navigation } from "../../../api/model";
import { isLarge, manyOf } from "./shape";

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

/** Beyond this number of related sets they are not layered: 300 sets with 600 relations took 10 s. */
const layeredSets = 80;
const mostRows = 9;
const rowHeight = 20;
const headHeight = 34;
const width = 210;

/** The sets and singletons of a model, placed so that few relations cross. The aspect is the width of the screen by its height.
 *  Around one set: that and what it is related to. */
export function graphOf(model: Model, aspect: number, around?: string): { entities: Entity[]; relations: Relation[] } {
  const all = [...model.sets, ...model.singletons];
  const every = all.flatMap((set) => set.navigations.flatMap((navigation) => relationOf(set, navigation, model) ?? []));
  const relations = around === undefined ? every : every.filter(({ from, to }) => from === around || to === around);
  const related = new Set([around, ...relations.flatMap(({ from, to }) => [from, to])]);
  const boxes = all.filter((set) => around === undefined || related.has(set.name)).map((set) => boxOf(set, isLarge(model) && set.name !== around));
  const areas = componentsOf(boxes, relations).map((component) => (component.length > layeredSets ? gridded(component, aspect) : layered(component, relations)));
  return { entities: shelved(areas, aspect), relations };
}

type Box = Omit<Entity, "x" | "y">;

function boxOf(set: EntitySet, keysOnly: boolean): Box {
  const rows = rowsOf(set, keysOnly);
  const hidden = set.properties.length - rows.length;
  return { set, rows, hidden, width, height: headHeight + (rows.length + (hidden > 0 ? 1 : 0)) * rowHeight + 10 };
}

/** What is related, directly or not; neighbours close to each other. */
function componentsOf(boxes: readonly Box[], relations: readonly Relation[]): Box[][] {
  const neighbours = new Map(boxes.map((box) => [box, [] as Box[]]));
  const byName = new Map(boxes.map((box) => [box.set.name, box]));
  for (const { from, to } of relations) {
    const [one, other] = [byName.get(from)!, byName.get(to)!];
    neighbours.get(one)!.push(other);
    neighbours.get(other)!.push(one);
  }
  const seen = new Set<Box>();
  const components: Box[][] = [];
  for (const start of boxes.toSorted((one, other) => neighbours.get(other)!.length - neighbours.get(one)!.length)) {
    if (seen.has(start)) continue;
    seen.add(start);
    const component = [start];
    // It grows while it is walked: breadth first.
    for (const box of component)
      for (const neighbour of neighbours.get(box)!)
        if (!seen.has(neighbour)) {
          seen.add(neighbour);
          component.push(neighbour);
        }
    components.push(component);
  }
  return components;
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

const gap = 48;

/** Row by row: of so many boxes layers would take seconds, and be a mile long. */
function gridded(boxes: readonly Box[], aspect: number): Area {
  const pitch = { x: width + 90, y: Math.max(...boxes.map((box) => box.height)) + 60 };
  const columns = Math.ceil(Math.sqrt((boxes.length * aspect * pitch.y) / pitch.x));
  const entities = boxes.map((box, at) => ({ ...box, x: (at % columns) * pitch.x, y: Math.floor(at / columns) * pitch.y }));
  return { entities, width: columns * pitch.x, height: Math.ceil(boxes.length / columns) * pitch.y };
}

/** Areas side by side in rows, the highest first; the rows as wide as fills a screen of that shape best. */
function shelved(areas: readonly Area[], aspect: number): Entity[] {
  const sorted = areas.toSorted((one, other) => other.height - one.height);
  let width = 0;
  const tries = sorted.map((area) => shelvedWithin(sorted, (width += area.width + gap)));
  const size = (entities: readonly Entity[]) => Math.max(...entities.map((each) => Math.max((each.x + each.width) / aspect, each.y + each.height)));
  return tries.reduce((best, each) => (size(each) < size(best) ? each : best));
}

function shelvedWithin(areas: readonly Area[], widest: number): Entity[] {
  let [x, y, shelf] = [0, 0, 0];
  return areas.flatMap((area) => {
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
