import { ActionIcon, Alert, Checkbox, Group, List, MultiSelect, Progress, Stack, Table, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { forgetPublished, publishAll, suggestionQuery } from "../../api/configurations";
import { altered, type ConfigurationDocument } from "../../api/document";
import { ServiceError } from "../../api/http";
import { Icon } from "../../shell/Icon";
import { Failure } from "../../shell/Outcomes";
import classes from "./editor/Editor.module.css";
import { mistakesOf, problemsOf } from "./editor/mistakes";
import { PublishBar } from "./PublishBar";

const route = getRouteApi("/endpoints/new");

/** Many tables at once: each with what the catalogue suggests, all published together or none. */
export function ManyEndpoints({ tables }: { tables: readonly string[] }) {
  const suggestions = useQueries({ queries: tables.map((table) => suggestionQuery(table)) });
  const failed = suggestions.find((each) => each.error);
  const done = suggestions.filter((each) => each.data);
  if (failed?.error) return <Failure error={failed.error} reset={() => void failed.refetch()} />;
  if (done.length < tables.length)
    return (
      <Stack maw={420}>
        <Text>The catalogue is asked about {tables.length} tables.</Text>
        <Progress value={(100 * done.length) / tables.length} aria-label="Tables looked up" />
      </Stack>
    );
  return <Naming suggestions={done.map((each) => each.data!)} />;
}

function Naming({ suggestions }: { suggestions: readonly ConfigurationDocument[] }) {
  const [documents, setDocuments] = useState(() => distinct(suggestions.map((each) => altered(each, { relations: undefined }))));
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const publishing = useMutation({
    mutationFn: publishAll,
    onSuccess: async () => {
      forgetPublished(queries);
      await navigate({ to: "/endpoints", ignoreBlocker: true });
    },
  });
  const refusal = publishing.error && publishing.variables === documents ? publishing.error : null;
  const details = refusal instanceof ServiceError ? refusal.details : [];
  const others = details.length === 0 ? [] : problemsOf(details, "").filter((problem) => !documents.some((each) => each.alias === problem.Alias));
  const set = (table: string, changed: ConfigurationDocument | undefined) =>
    setDocuments(documents.map((each) => (each.table === table ? changed : each)).filter((each) => each !== undefined));
  return (
    <>
      <Text>
        Every column of each table, as the catalogue has it; relations follow from the foreign keys. All of it can be changed later. <Link to="/endpoints/new" search={{ tables: documents.map((each) => each.table) }}>Other tables</Link>
      </Text>
      {refusal && details.length === 0 && <Failure error={refusal} />}
      {details.length > 0 && (
        <Alert color="red" role="alert" title={refusal?.message}>
          Nothing was published. {others.length === 0 ? "Each mistake stands beside its table." : ""}
          {others.length > 0 && (
            <List size="sm">
              {others.map((problem) => (
                <List.Item key={`${problem.Alias} ${problem.Path} ${problem.Message}`}>
                  {problem.Alias}, {problem.Path}: {problem.Message}
                </List.Item>
              ))}
            </List>
          )}
        </Alert>
      )}
      <Table.ScrollContainer minWidth={1080}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Table</Table.Th>
              <Table.Th>Endpoint</Table.Th>
              <Table.Th>Entity set</Table.Th>
              <Table.Th>Key</Table.Th>
              <Table.Th>Besides reading</Table.Th>
              <Table.Th>
                <VisuallyHidden>Remove</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {documents.map((document) => (
              <Named key={document.table} document={document} details={details} onChange={(changed) => set(document.table, changed)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <PublishBar
        label={`Publish ${documents.length} endpoints`}
        onPublish={() => publishing.mutate(documents)}
        isPublishing={publishing.isPending}
        isDisabled={documents.length === 0}
        isChanged={publishing.isIdle && documents.length > 0}
        status="All are published together, or none."
      />
    </>
  );
}

interface NamedProps {
  document: ConfigurationDocument;
  details: readonly { message: string; target?: string }[];
  onChange: (document: ConfigurationDocument | undefined) => void;
}

function Named({ document, details, onChange }: NamedProps) {
  const mistakes = mistakesOf(document.alias, problemsOf(details, ""));
  const own = mistakes.own.filter((mistake) => mistake.path !== "" || details.length > 0);
  const placed = new Set(["alias", "entitySet", "key"]);
  const { allow = {} } = document;
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600}>{document.table}</Text>
        <Text size="sm" c="dimmed">
          {document.fields?.length} columns
        </Text>
        {own
          .filter((mistake) => !placed.has(mistake.path))
          .map((mistake) => (
            <Text key={`${mistake.path} ${mistake.message}`} size="sm" c="var(--mantine-color-error)">
              {mistake.path}: {mistake.message}
            </Text>
          ))}
      </Table.Td>
      <Table.Td className={classes["name"]}>
        <TextInput aria-label={`Endpoint of ${document.table}`} value={document.alias} error={mistakes.at("alias")} onChange={(event) => onChange({ ...document, alias: event.currentTarget.value })} />
      </Table.Td>
      <Table.Td className={classes["name"]}>
        <TextInput aria-label={`Entity set of ${document.table}`} value={document.entitySet ?? ""} error={mistakes.at("entitySet")} onChange={(event) => onChange(altered(document, { entitySet: event.currentTarget.value || undefined }))} />
      </Table.Td>
      <Table.Td>
        <MultiSelect
          aria-label={`Key of ${document.table}`}
          placeholder={document.key?.length ? "" : "Choose what identifies a row"}
          data={document.fields?.map((field) => field.column) ?? []}
          searchable
          hidePickedOptions
          value={[...(document.key ?? [])]}
          error={mistakes.at("key")}
          onChange={(key) => onChange(altered(document, { key: key.length > 0 ? key : undefined }))}
        />
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          {(["create", "update", "delete"] as const).map((verb) => (
            <Checkbox key={verb} label={verb} aria-label={`${verb} rows of ${document.table}`} checked={allow[verb] ?? false} onChange={(event) => onChange({ ...document, allow: { ...allow, [verb]: event.currentTarget.checked } })} />
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <ActionIcon variant="subtle" aria-label={`Leave out ${document.table}`} onClick={() => onChange(undefined)}>
          <Icon path="M6 6l12 12M18 6L6 18" />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}

/** Tables of different schemas can lead to one name. */
function distinct(documents: readonly ConfigurationDocument[]): readonly ConfigurationDocument[] {
  const taken = new Map<string, number>();
  return documents.map((document) => {
    const times = (taken.get(document.alias) ?? 0) + 1;
    taken.set(document.alias, times);
    return times === 1 ? document : { ...document, alias: `${document.alias}-${times}`, ...(document.entitySet ? { entitySet: `${document.entitySet}${times}` } : {}) };
  });
}
