import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { change, configurationQuery, forgetPublished, suggestionQuery, type Configuration, type Read } from "../../api/configurations";
import { ServiceError } from "../../api/http";
import { ConfigurationForm } from "./ConfigurationForm";
import { DeleteEndpoint } from "./DeleteEndpoint";
import { chosen, draftOf, type Draft } from "./draft";
import { State } from "./EndpointsPage";
import { FeedLinks } from "./FeedLinks";

const route = getRouteApi("/endpoints/$alias");

export function EndpointPage() {
  const { alias } = route.useParams();
  const { data: read } = useSuspenseQuery(configurationQuery(alias));
  const { data: catalogue } = useSuspenseQuery(suggestionQuery(read.value.table));
  return <Editor key={alias} read={read} catalogue={catalogue} />;
}

function Editor({ read, catalogue }: { read: Read<Configuration>; catalogue: Configuration }) {
  const { alias } = read.value;
  const [draft, setDraft] = useState<Draft>(() => draftOf(read.value, catalogue));
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: () => {
      const { alias: _, ...changes } = chosen(draft);
      return change(alias, changes, read.etag);
    },
    onSuccess: (stored) => {
      queries.setQueryData(configurationQuery(alias).queryKey, stored);
      setDraft(draftOf(stored.value, catalogue));
      forgetPublished(queries);
    },
  });
  const isOutdated = saving.error instanceof ServiceError && saving.error.status === 412;
  const reload = async () => {
    const stored = await queries.fetchQuery({ ...configurationQuery(alias), staleTime: 0 });
    setDraft(draftOf(stored.value, catalogue));
    saving.reset();
  };

  return (
    <Stack>
      <Group justify="space-between">
        <Group>
          <Title order={1}>{alias}</Title>
          <State isActive={read.value.isActive} />
        </Group>
        {read.value.isActive && (
          <Button variant="default" renderRoot={(props) => <Link {...props} to="/data/$set" params={{ set: read.value.entitySet }} />}>
            Show the data
          </Button>
        )}
      </Group>
      <Text>
        Of the table <strong>{read.value.table}</strong>.{" "}
        <Link to="/versions" search={{ alias }}>
          Versions
        </Link>
      </Text>
      {read.value.isActive && <FeedLinks entitySet={read.value.entitySet} alias={alias} />}
      {isOutdated && (
        <Alert color="yellow" role="alert" title="Somebody else has changed this endpoint meanwhile">
          <Stack align="start">
            <Text>Your changes were not saved. Look at what is stored now, and make them again.</Text>
            <Button onClick={() => void reload()}>Show what is stored now</Button>
          </Stack>
        </Alert>
      )}
      <ConfigurationForm draft={draft} onChange={setDraft} failure={isOutdated ? null : saving.error} />
      <Group justify="space-between">
        <Button onClick={() => saving.mutate()} loading={saving.isPending}>
          Save
        </Button>
        <DeleteEndpoint alias={alias} etag={read.etag} />
      </Group>
      {saving.isSuccess && <Text role="status">Saved. It is in effect.</Text>}
    </Stack>
  );
}
