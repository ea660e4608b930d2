import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { BaseEdge, Controls, EdgeLabelRenderer, getBezierPath, Handle, MiniMap, Position, ReactFlow, type Edge, type EdgeProps, type Node, type NodeProps, type ReactFlowInstance } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import type { Model } from "../../../api/model";
import { shortType } from "../../../shell/expressions/completion";
import classes from "./Diagram.module.css";
import { graphOf, type Entity, type Relation } from "./graph";
import { isLarge } from "./shape";

type EntityNode = Node<{ entity: Entity; isFocused: boolean }, "entity">;
type RelationEdge = Edge<{ relation: Relation; isFocused: boolean }, "relation">;

const nodeTypes = { entity: EntityBox };
const edgeTypes = { relation: RelationLine };

interface DiagramProps {
  model: Model;
  focus: string | undefined;
  onFocus: (set: string) => void;
}

/** The model as boxes and lines. What is in view is drawn, and nothing else. */
export default function Diagram({ model, focus, onFocus }: DiagramProps) {
  const scheme = useComputedColorScheme("light");
  const isWide = useMediaQuery("(min-width: 62em)", false, { getInitialValueInEffect: false });
  const around = isLarge(model) ? focus : undefined;
  const graph = useMemo(() => graphOf(model, isWide ? 1.9 : 0.8, around), [model, isWide, around]);
  const [flow, setFlow] = useState<ReactFlowInstance<EntityNode, RelationEdge>>();
  const nodes = useMemo(() => graph.entities.map((entity) => nodeOf(entity, entity.set.name === focus)), [graph, focus]);
  const edges = useMemo(() => graph.relations.map((relation) => edgeOf(relation, relation.from === focus || relation.to === focus)), [graph, focus]);

  useEffect(() => {
    const entity = graph.entities.find((each) => each.set.name === focus);
    if (!flow) return;
    if (entity && !around) void flow.setCenter(entity.x + entity.width / 2, entity.y + entity.height / 2, { zoom: 1 });
    else void flow.fitView({ maxZoom: 1 });
  }, [flow, graph, focus, around]);

  return (
    <div className={classes["diagram"]} role="group" aria-label="Entity diagram">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={scheme}
        onInit={setFlow}
        onNodeClick={(_, node) => onFocus(node.id)}
        minZoom={0.05}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        proOptions={{ hideAttribution: true }}
      >
        <Controls showInteractive={false} />
        {isWide && <MiniMap pannable zoomable ariaLabel="The whole model, small" />}
      </ReactFlow>
    </div>
  );
}

function nodeOf(entity: Entity, isFocused: boolean): EntityNode {
  const { x, y, width, height } = entity;
  // Lines are drawn to boxes that were never in view: where they meet them is told here.
  const handle = { y: height / 2, width: 1, height: 1 };
  return {
    id: entity.set.name,
    type: "entity",
    position: { x, y },
    width,
    height,
    // Boxes that are not in view are not measured, and belong to the whole all the same.
    measured: { width, height },
    data: { entity, isFocused },
    handles: [
      { ...handle, type: "target", position: Position.Left, x: 0 },
      { ...handle, type: "source", position: Position.Right, x: width },
    ],
  };
}

function edgeOf(relation: Relation, isFocused: boolean): RelationEdge {
  return { id: relation.id, type: "relation", source: relation.from, target: relation.to, data: { relation, isFocused } };
}

function EntityBox({ data: { entity, isFocused } }: NodeProps<EntityNode>) {
  return (
    <div className={classes["entity"]} data-focused={isFocused || undefined}>
      <Handle type="target" position={Position.Left} className={classes["handle"]!} />
      <Link to="/explorer/$set" params={{ set: entity.set.name }} className={`${classes["head"]} nodrag nopan`} title={entity.set.description} onClick={(event) => event.stopPropagation()}>
        {entity.set.name}
      </Link>
      <ul className={classes["rows"]}>
        {entity.rows.map((row) => (
          <li key={row.name} className={classes["row"]}>
            <span className={row.isKey ? `${classes["name"]} ${classes["key"]}` : classes["name"]}>
              {row.name}
              {row.isKey && " (key)"}
            </span>
            <span className={classes["type"]}>{shortType(row.type, false)}</span>
          </li>
        ))}
        {entity.hidden > 0 && <li className={`${classes["row"]} ${classes["type"]}`}>{entity.hidden} more</li>}
      </ul>
      <Handle type="source" position={Position.Right} className={classes["handle"]!} />
    </div>
  );
}

function RelationLine({ data, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }: EdgeProps<RelationEdge>) {
  const [path, middleX, middleY] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  return (
    <>
      <BaseEdge path={path} style={data?.isFocused ? { strokeWidth: 2, stroke: "var(--mantine-primary-color-light-color)" } : {}} />
      <EdgeLabelRenderer>
        {data?.isFocused && <Label x={middleX} y={middleY} text={data.relation.name} isOnLine />}
        {data?.relation.fromMany && <Label x={sourceX + 10} y={sourceY - 9} text={data.relation.fromMany} />}
        {data && <Label x={targetX - 10} y={targetY - 9} text={data.relation.toMany} />}
      </EdgeLabelRenderer>
    </>
  );
}

function Label({ x, y, text, isOnLine }: { x: number; y: number; text: string; isOnLine?: boolean }) {
  return (
    <span className={classes["label"]} data-on-line={isOnLine} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
      {text}
    </span>
  );
}
