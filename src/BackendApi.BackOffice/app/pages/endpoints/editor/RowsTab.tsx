import { Button, Fieldset, Group, MultiSelect, Stack, Switch, Text, TextInput } from "@mantine/core";
import { altered, replaced } from "../../../api/document";
import { Choice } from "./Choice";
import { useEditor } from "./EditorContext";
import { Expression } from "./Expression";
import { exposed } from "./fields";
import { Removable } from "./ListedMembers";
import { idOf } from "./mistakes";

/** Which rows there are for clients, what finds them, and what they have to satisfy. */
export function RowsTab() {
  const { document, change, catalogue, mistakes } = useEditor();
  const columns = exposed(document, catalogue).map((field) => field.column);
  const placed = (path: string) => ({ id: idOf(path), error: mistakes.at(path) });
  const { rules = [] } = document;
  return (
    <Stack maw={720}>
      <Expression
        path="filter"
        label="Row filter"
        description="An OData expression over the properties, such as IsDeleted eq false. Rows for which it is not true do not exist for any client."
        value={document.filter ?? ""}
        onChange={(filter) => change({ filter: filter || undefined })}
      />
      <div id={idOf("search")} tabIndex={-1}>
        <Choice
          label="Columns that a search looks through"
          automatic="Every text that is exposed"
          own="Only these"
          isOwn={document.search !== undefined}
          onChange={(isOwn) => change({ search: isOwn ? [] : undefined })}
        />
      </div>
      {document.search && (
        <MultiSelect
          error={mistakes.at("search")}
          label="Search columns"
          description="None: clients cannot search."
          data={columns}
          searchable
          clearable
          hidePickedOptions
          value={[...document.search]}
          onChange={(search) => change({ search })}
        />
      )}
      <Fieldset legend="Rules over several fields" id={idOf("rules")} tabIndex={-1}>
        <Stack>
          <Text size="sm">Every row that clients write has to satisfy them. Where a comparison meets null it is not true: a rule that allows nulls says so.</Text>
          {rules.map((rule, index) => (
            <Removable key={index} label={`rule ${index + 1}`} onRemove={() => change({ rules: rules.length > 1 ? replaced(rules, index, undefined) : undefined })}>
              <Stack flex={1} gap="xs">
                <Expression
                  path={`rules[${index}].expression`}
                  label={`Rule ${index + 1}`}
                  description="An OData expression, such as Ends eq null or Starts le Ends."
                  value={rule.expression}
                  onChange={(expression) => change({ rules: replaced(rules, index, altered(rule, { expression })) })}
                />
                <TextInput
                  {...placed(`rules[${index}].message`)}
                  label={`What a client is told whose row breaks rule ${index + 1}`}
                  value={rule.message}
                  onChange={(event) => change({ rules: replaced(rules, index, altered(rule, { message: event.currentTarget.value })) })}
                />
              </Stack>
            </Removable>
          ))}
          <Group>
            <Button variant="default" size="xs" onClick={() => change({ rules: [...rules, { expression: "", message: "" }] })}>
              Add a rule
            </Button>
          </Group>
        </Stack>
      </Fieldset>
      <Switch
        {...placed("trackChanges")}
        label="Track changes"
        description="Clients can ask for what has changed since they read the set."
        checked={document.trackChanges ?? false}
        onChange={(event) => change({ trackChanges: event.currentTarget.checked || undefined })}
      />
      <Switch
        {...placed("isSingleton")}
        label="One entity, and no set"
        description="The row that the filter leaves."
        checked={document.isSingleton ?? false}
        onChange={(event) => change({ isSingleton: event.currentTarget.checked || undefined })}
      />
    </Stack>
  );
}
