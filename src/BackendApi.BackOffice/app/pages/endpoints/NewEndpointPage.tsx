import { Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { forgetPublished, publish, suggestionQuery } from "../../api/configurations";
import { altered, isSame, type ConfigurationDocument } from "../../api/document";
import { Editor } from "./editor/Editor";
import { placeOf } from "./editor/tabs";
import { ManyEndpoints } from "./ManyEndpoints";
import { PublishBar } from "./PublishBar";
import { TablePicker } from "./TablePicker";
import { TablePreview } from "./TablePreview";

const route = getRouteApi("/endpoints/new");

/** Endpoints of tables: the catalogue suggests everything, and nothing but the tables has to be chosen. */
export function NewEndpointPage() {
  const { table, tables = [], step } = route.useSearch();
  return (
    <Stack>
      <Title order={1}>{step && tables.length > 0 ? "New endpoints" : "New endpoint"}</Title>
      {table ? <Suggested key={table} table={table} /> : step && tables.length > 0 ? <ManyEndpoints key={tables.join()} tables={tables} /> : <TablePicker />}
    </Stack>
  );
}

function Suggested({ table }: { table: string }) {
  const { data: suggestion } = useSuspenseQuery(suggestionQuery(table));
  // Relations are left to the foreign keys, which follow what is published later.
  const [initial] = useState(() => altered(suggestion, { relations: undefined }));
  const [document, setDocument] = useState<ConfigurationDocument>(initial);
  const place = placeOf(route.useSearch());
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const publishing = useMutation({
    mutationFn: publish,
    onSuccess: async (_, published) => {
      forgetPublished(queries);
      await navigate({ to: "/endpoints/$alias", params: { alias: published.alias }, ignoreBlocker: true });
    },
  });
  return (
    <>
      <Group>
        <Text>
          Of the table <strong>{table}</strong>. <Link to="/endpoints/new">Another table</Link>
        </Text>
      </Group>
      <TablePreview table={table} rows={5} />
      <Editor
        document={document}
        onChange={setDocument}
        catalogue={suggestion}
        isNew
        refusal={publishing.error && publishing.variables === document ? publishing.error : null}
        place={place}
        onPlace={(place) => void navigate({ search: { table, ...place }, resetScroll: false })}
      />
      <PublishBar label="Publish" onPublish={() => publishing.mutate(document)} isPublishing={publishing.isPending} isChanged={!isSame(document, initial)} status="Nothing is published before you say so." />
    </>
  );
}
