import { Checkbox, Fieldset, Group, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { altered } from "../../../api/document";
import { useEditor } from "./EditorContext";
import { unlessKnown } from "./fields";
import { idOf } from "./mistakes";

/** What the endpoint is called, and what clients may do with it. */
export function NamesTab() {
  const { document, change, mistakes, isNew, catalogue } = useEditor();
  const placed = (member: string) => ({ id: idOf(member), error: mistakes.at(member) });
  const { allow = {} } = document;
  return (
    <Stack maw={720}>
      <Group align="start" grow preventGrowOverflow={false}>
        <TextInput {...placed("alias")} label="Endpoint" description="The address in the Data Exchange dialect." value={document.alias} readOnly={!isNew} onChange={(event) => change({ alias: event.currentTarget.value })} required />
        <TextInput
          {...placed("entitySet")}
          label="Entity set"
          description={isNew ? "The name in OData." : "The name in OData; feeds that are in use lose their address with it."}
          value={document.entitySet ?? ""}
          onChange={(event) => change({ entitySet: event.currentTarget.value || undefined })}
        />
      </Group>
      <Textarea
        {...placed("description")}
        label="Description"
        description="For people who read the model."
        autosize
        minRows={1}
        value={document.description ?? catalogue?.description ?? ""}
        onChange={(event) => change({ description: unlessKnown(event.currentTarget.value, catalogue?.description ?? "") })}
      />
      <Fieldset legend="Besides reading, clients with the right to may">
        <Group>
          {(["create", "update", "delete"] as const).map((verb) => (
            <Checkbox key={verb} {...placed(`allow.${verb}`)} label={verb} checked={allow[verb] ?? false} onChange={(event) => change({ allow: altered(allow, { [verb]: event.currentTarget.checked }) })} />
          ))}
        </Group>
      </Fieldset>
      {isNew && <Switch {...placed("isActive")} label="Serve it at once" checked={document.isActive ?? true} onChange={(event) => change({ isActive: event.currentTarget.checked })} />}
    </Stack>
  );
}
