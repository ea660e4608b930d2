import { Accordion, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import type { EntitySet, Model } from "../../../api/model";
import type { Mistake } from "./Results";
import { expandText, selectionOf, selectText } from "./selection";
import { SelectionTree } from "./SelectionTree";

interface SelectionEditorProps {
  model: Model;
  set: EntitySet;
  select: string;
  expand: string;
  mistake: Mistake | undefined;
  onChange: (selected: { select?: string; expand?: string }) => void;
}

/** What is shown of the rows: ticked in a tree, or written. */
export function SelectionEditor({ model, set, select, expand, mistake, onChange }: SelectionEditorProps) {
  const selection = selectionOf(select, expand);
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <TextInput label="Properties ($select)" placeholder="All" value={select} onChange={(event) => onChange({ select: event.currentTarget.value })} error={mistake?.at("select")} />
        <TextInput label="Related entities ($expand)" placeholder="None" value={expand} onChange={(event) => onChange({ expand: event.currentTarget.value })} error={mistake?.at("expand")} />
      </SimpleGrid>
      <Accordion variant="contained">
        <Accordion.Item value="tree">
          <Accordion.Control>Tick properties and related entities</Accordion.Control>
          <Accordion.Panel>
            {selection ? (
              <SelectionTree model={model} type={set} selection={selection} of={set.name} onChange={(changed) => onChange({ select: selectText(changed), expand: expandText(changed) })} />
            ) : (
              <Text>What is written above is more than can be ticked. Clear it to tick.</Text>
            )}
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}
