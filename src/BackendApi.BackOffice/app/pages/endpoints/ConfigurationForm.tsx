import { Alert, Checkbox, Fieldset, Group, Stack, Switch, Text, TextInput, Textarea } from "@mantine/core";
import { ServiceError } from "../../api/http";
import type { Draft } from "./draft";
import { FieldsTable } from "./FieldsTable";

interface FormProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  failure: Error | null;
  isNew?: boolean;
}

/** What a configuration says, with every mistake at its field. */
export function ConfigurationForm({ draft, onChange, failure, isNew = false }: FormProps) {
  const mistakes = failure instanceof ServiceError ? failure.details : [];
  const mistakeOf = (path: string) => mistakes.find((mistake) => mistake.target === path)?.message;
  const known = new Set(["alias", "entitySet", "description"]);
  const others = mistakes.filter((mistake) => !known.has(mistake.target ?? "") && !/^fields\[\d+\]/.test(mistake.target ?? ""));
  const set = (changes: Partial<Draft>) => onChange({ ...draft, ...changes });

  return (
    <Stack>
      {failure && (
        <Alert color="red" role="alert" title={failure.message}>
          {others.map((mistake) => (
            <Text key={`${mistake.target} ${mistake.message}`}>
              {mistake.target && <code>{mistake.target}</code>} {mistake.message}
            </Text>
          ))}
        </Alert>
      )}
      <Group align="start" grow preventGrowOverflow={false}>
        <TextInput
          label="Endpoint"
          description="The address in the Data Exchange dialect."
          value={draft.alias}
          error={mistakeOf("alias")}
          readOnly={!isNew}
          onChange={(event) => set({ alias: event.currentTarget.value })}
          required
        />
        <TextInput
          label="Entity set"
          description="The name in OData; a feed that is in use loses its address with it."
          value={draft.entitySet}
          error={mistakeOf("entitySet")}
          onChange={(event) => set({ entitySet: event.currentTarget.value })}
          required
        />
      </Group>
      <Textarea label="Description" autosize minRows={1} value={draft.description} error={mistakeOf("description")} onChange={(event) => set({ description: event.currentTarget.value })} />
      <Fieldset legend="Clients may">
        <Group>
          <Switch label="be served at all" checked={draft.isActive} onChange={(event) => set({ isActive: event.currentTarget.checked })} />
          {(["create", "update", "delete"] as const).map((verb) => (
            <Checkbox key={verb} label={verb} checked={draft.allow[verb]} onChange={(event) => set({ allow: { ...draft.allow, [verb]: event.currentTarget.checked } })} />
          ))}
        </Group>
      </Fieldset>
      <FieldsTable fields={draft.fields} mistakes={mistakes} onChange={(fields) => set({ fields })} />
    </Stack>
  );
}
