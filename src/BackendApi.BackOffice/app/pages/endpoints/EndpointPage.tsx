import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { change, configurationQuery, configurationsQuery, forgetPublished, setActive, suggestionQuery, type Stored } from "../../api/configurations";
import { altered, isSame, patchOf, rebase, type ConfigurationDocument } from "../../api/document";
import { Conflict, isConflict } from "../../shell/Conflict";
import { Failure, Pending } from "../../shell/Outcomes";
import { Editor } from "./editor/Editor";
import { placeOf } from "./editor/tabs";
import { FeedLinks } from "./FeedLinks";
import { PublishBar } from "./PublishBar";
import { State, stateOf } from "./State";
import { TakeOff, type TakeOffKind } from "./TakeOff";

const route = getRouteApi("/endpoints/$alias");

export function EndpointPage() {
  const { alias } = route.useParams();
  const { data: stored } = useSuspenseQuery(configurationQuery(alias));
  const catalogue = useQuery({ ...suggestionQuery(stored.document.table), retry: false });
  if (catalogue.isPending) return <Pending />;
  return <EndpointEditor key={alias} stored={stored} catalogue={catalogue.data} missing={catalogue.error} />;
}

/** @param missing Why the table is not in the catalogue. */
function EndpointEditor({ stored, catalogue, missing }: { stored: Stored; catalogue: ConfigurationDocument | undefined; missing: Error | null }) {
  const { alias, table } = stored.document;
  const { data: configurations } = useSuspenseQuery(configurationsQuery);
  const told = configurations.find((each) => each.alias === alias);
  const [document, setDocument] = useState(stored.document);
  const [conflicts, setConflicts] = useState<readonly string[]>([]);
  const [taking, setTaking] = useState<TakeOffKind>();
  const navigate = route.useNavigate();
  const place = placeOf(route.useSearch());
  const queries = useQueryClient();
  const refresh = async () => {
    const fresh = await queries.fetchQuery({ ...configurationQuery(alias), staleTime: 0 });
    forgetPublished(queries);
    return fresh;
  };
  const saving = useMutation({
    mutationFn: async (wanted: ConfigurationDocument) => {
      await change(alias, patchOf(stored.document, wanted), stored.etag);
      return refresh();
    },
    // What was typed meanwhile stays.
    onSuccess: (fresh, saved) => {
      setDocument((now) => rebase(saved, now, fresh.document).document);
      setConflicts([]);
    },
  });
  const switching = useMutation({
    mutationFn: async () => {
      await setActive(alias, true);
      return refresh();
    },
    onSuccess: (fresh) => setDocument((now) => altered(now, { isActive: fresh.document.isActive })),
  });
  const isOutdated = isConflict(saving.error);
  const reloading = useMutation({
    mutationFn: async (keepMine: boolean) => {
      const fresh = await refresh();
      const both = rebase(stored.document, document, fresh.document);
      setDocument(keepMine ? both.document : fresh.document);
      setConflicts(keepMine ? both.conflicts : []);
      saving.reset();
    },
  });
  const undo = () => {
    setDocument(stored.document);
    setConflicts([]);
  };
  const isChanged = !isSame(document, stored.document);
  const isActive = stored.document.isActive ?? true;
  const refusal = !isOutdated && saving.error && saving.variables === document ? saving.error : null;

  return (
    <Stack>
      <Group justify="space-between">
        <Group>
          <Title order={1}>{alias}</Title>
          {told && <State of={stateOf(told)} />}
        </Group>
        <Group>
          {isActive && told && (
            <Button variant="default" renderRoot={(props) => <Link {...props} to="/data/$set" params={{ set: told.entitySet }} />}>
              Show the data
            </Button>
          )}
          {isActive ? (
            <Button variant="default" onClick={() => setTaking("deactivate")}>
              Deactivate
            </Button>
          ) : (
            <Button variant="default" onClick={() => switching.mutate()} loading={switching.isPending}>
              Activate
            </Button>
          )}
          <Button color="red" variant="outline" onClick={() => setTaking("delete")}>
            Delete
          </Button>
        </Group>
      </Group>
      <Text>
        Of the table <strong>{table}</strong>.{" "}
        <Link to="/versions" search={{ alias }}>
          Versions
        </Link>
      </Text>
      {told?.problems.map((problem) => (
        <Alert key={`${problem.Path} ${problem.Message}`} color="red" title="This endpoint is not served">
          {problem.Path}: {problem.Message}
        </Alert>
      ))}
      {missing && (
        <Alert color="yellow" title="The database cannot be asked about the table">
          {missing.message}
        </Alert>
      )}
      {isActive && told && <FeedLinks entitySet={told.entitySet} alias={alias} />}
      {switching.error && <Failure error={switching.error} />}
      {reloading.error && <Failure error={reloading.error} />}
      {isOutdated && <Conflict what="this endpoint" onReload={() => reloading.mutate(false)} onRepeat={() => reloading.mutate(true)} />}
      {conflicts.length > 0 && (
        <Alert color="yellow" role="alert" title="Both of you have changed the same">
          Yours stands here, and is saved with the rest: {conflicts.join(", ")}.
        </Alert>
      )}
      <Editor document={document} onChange={setDocument} catalogue={catalogue} refusal={refusal} place={place} onPlace={(search) => void navigate({ search, resetScroll: false })} />
      <PublishBar
        label="Save"
        onPublish={() => saving.mutate(document)}
        isPublishing={saving.isPending}
        isDisabled={!isChanged}
        isChanged={isChanged}
        status={isChanged ? "Not saved yet." : saving.isSuccess ? "Saved. It is in effect." : ""}
      >
        {isChanged && (
          <Button variant="default" onClick={undo}>
            Undo all
          </Button>
        )}
      </PublishBar>
      {taking && (
        <TakeOff
          alias={alias}
          kind={taking}
          onClose={() => setTaking(undefined)}
          onDone={async () => {
            setTaking(undefined);
            if (taking === "delete") await navigate({ to: "/endpoints", ignoreBlocker: true });
            else {
              const fresh = await refresh();
              setDocument((now) => altered(now, { isActive: fresh.document.isActive }));
            }
          }}
        />
      )}
    </Stack>
  );
}
