import { Button, Group, List, Menu, Stack, Text } from "@mantine/core";
import { replaced, type Relation } from "../../../api/document";
import { Choice } from "./Choice";
import { useEditor } from "./EditorContext";
import { idOf } from "./mistakes";
import { RelationCard } from "./RelationCard";

/** What leads to other sets: what the foreign keys say, or what somebody has made by hand. */
export function RelationsTab() {
  const { document, change, catalogue } = useEditor();
  const found = catalogue?.relations ?? [];
  const { relations } = document;
  const others = found.filter((each) => !relations?.some((relation) => relation.name === each.name));
  const add = (relation: Relation) => change({ relations: [...(relations ?? []), relation] });
  return (
    <Stack>
      <div id={idOf("relations")} tabIndex={-1}>
        <Choice
          label="Relations"
          automatic="Those of the foreign keys to and from published tables, also of tables that are published later"
          own="Only these"
          isOwn={relations !== undefined}
          onChange={(isOwn) => change({ relations: isOwn ? found : undefined })}
        />
      </div>
      {relations === undefined &&
        (found.length === 0 ? (
          <Text>No foreign key leads to or from a table that is published. Publish the other table, or make a relation by hand.</Text>
        ) : (
          <List aria-label="Relations of the foreign keys">
            {found.map((relation) => (
              <List.Item key={relation.name}>
                <strong>{relation.name}</strong>: {relation.multiplicity === "one" ? "one of" : "many of"} {relation.target}
                {relation.on && `, where ${relation.on.map((pair) => `${pair.column} = ${pair.targetColumn}`).join(" and ")}`}
              </List.Item>
            ))}
          </List>
        ))}
      {relations?.map((relation, index) => (
        <RelationCard key={index} relation={relation} index={index} onChange={(changed) => change({ relations: replaced(relations, index, changed) })} />
      ))}
      {relations && (
        <Group>
          <Button variant="default" onClick={() => add({ name: "", target: "", multiplicity: "one", on: [{ column: "", targetColumn: "" }] })}>
            Add a relation
          </Button>
          <Button variant="default" onClick={() => add({ name: "", target: "", through: { table: "", on: [{ column: "", targetColumn: "" }], to: [{ column: "", targetColumn: "" }] } })}>
            Add many-to-many
          </Button>
          {others.length > 0 && (
            <Menu>
              <Menu.Target>
                <Button variant="default">Add from a foreign key</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {others.map((each) => (
                  <Menu.Item key={each.name} onClick={() => add(each)}>
                    {each.name} ({each.multiplicity === "one" ? "one of" : "many of"} {each.target})
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      )}
    </Stack>
  );
}
