import { Button, Group, MultiSelect, Select, Stack, Switch } from "@mantine/core";
import { replaced } from "../../../api/document";
import { Choice, listed } from "./Choice";
import { useEditor } from "./EditorContext";
import { Removable } from "./ListedMembers";
import { idOf } from "./mistakes";

/** How rows are told apart, and how it is told that one has changed. */
export function KeysTab() {
  const { document, change, catalogue, mistakes } = useEditor();
  const columns = catalogue?.fields?.map((field) => field.column) ?? document.fields?.map((field) => field.column) ?? [];
  const placed = (path: string) => ({ id: idOf(path), error: mistakes.at(path) });
  const known = catalogue?.alternateKeys?.map((key) => key.join(" + "));
  return (
    <Stack maw={720}>
      <MultiSelect
        {...placed("key")}
        label="Key"
        description={catalogue?.key ? `The columns that identify a row. Left empty, the primary key: ${catalogue.key.join(", ")}.` : "The columns that identify a row. The database does not say which."}
        data={columns}
        searchable
        clearable
        hidePickedOptions
        value={[...(document.key ?? [])]}
        onChange={(key) => change({ key: key.length > 0 ? key : undefined })}
      />
      <div id={idOf("alternateKeys")} tabIndex={-1}>
        <Choice
          label="Alternate keys: clients may address a row by them as well"
          automatic={`The unique keys of the table: ${listed(known)}`}
          own="Only these"
          isOwn={document.alternateKeys !== undefined}
          onChange={(isOwn) => change({ alternateKeys: isOwn ? (catalogue?.alternateKeys ?? []) : undefined })}
        />
      </div>
      {document.alternateKeys?.map((key, index) => (
        <Removable key={index} label={`alternate key ${index + 1}`} onRemove={() => change({ alternateKeys: replaced(document.alternateKeys!, index, undefined) })}>
          <MultiSelect
            {...placed(`alternateKeys[${index}]`)}
            aria-label={`Alternate key ${index + 1}`}
            flex={1}
            data={columns}
            searchable
            hidePickedOptions
            value={[...key]}
            onChange={(columns) => change({ alternateKeys: replaced(document.alternateKeys!, index, columns) })}
          />
        </Removable>
      ))}
      {document.alternateKeys && (
        <Group>
          <Button variant="default" size="xs" onClick={() => change({ alternateKeys: [...document.alternateKeys!, []] })}>
            Add an alternate key
          </Button>
        </Group>
      )}
      <Select
        {...placed("concurrency")}
        label="Column that changes with every change of a row"
        description="Two who change one row at a time are told apart by it. Without one, by the version that the database keeps, or by the whole content."
        placeholder="None"
        data={columns}
        searchable
        clearable
        value={document.concurrency ?? null}
        onChange={(concurrency) => change({ concurrency: concurrency ?? undefined })}
      />
      <Switch
        {...placed("requireETag")}
        label="Refuse changes that do not say which state of the row they know"
        checked={document.requireETag ?? false}
        onChange={(event) => change({ requireETag: event.currentTarget.checked || undefined })}
      />
    </Stack>
  );
}
