import { Alert, Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { configurationQuery, dependentsQuery, forgetPublished, remove, setActive } from "../../api/configurations";
import { Failure, Pending } from "../../shell/Outcomes";

export type TakeOffKind = "delete" | "deactivate";

interface TakeOffProps {
  alias: string;
  kind: TakeOffKind;
  onClose: () => void;
  onDone: () => void | Promise<void>;
}

const texts = {
  delete: { verb: "Delete", past: "deleted", kept: "The table and its rows stay as they are. Its history stays too, and an earlier version can be brought back.", keep: "Keep it" },
  deactivate: { verb: "Deactivate", past: "deactivated", kept: "Clients are answered as if it did not exist. The configuration stays, and can be activated again.", keep: "Leave it active" },
};

/** Asks before an endpoint is taken off, and says what breaks. */
export function TakeOff({ alias, kind, onClose, onDone }: TakeOffProps) {
  return (
    <Modal opened onClose={onClose} title={`${texts[kind].verb} the endpoint ${alias}?`} closeButtonProps={{ "aria-label": "Close" }}>
      <Question alias={alias} kind={kind} onClose={onClose} onDone={onDone} />
    </Modal>
  );
}

function Question({ alias, kind, onClose, onDone }: TakeOffProps) {
  const { verb, past, kept, keep } = texts[kind];
  const dependents = useQuery(dependentsQuery(alias));
  const stored = useQuery(configurationQuery(alias));
  const queries = useQueryClient();
  const taking = useMutation({
    mutationFn: (etag: string) => (kind === "delete" ? remove(alias, etag) : setActive(alias, false)),
    onSuccess: async () => {
      await onDone();
      forgetPublished(queries);
    },
  });
  const failure = dependents.error ?? stored.error;
  if (failure) return <Failure error={failure} />;
  if (!dependents.data || !stored.data) return <Pending />;
  const { etag } = stored.data;
  const preventing = dependents.data.filter((each) => (kind === "delete" ? each.PreventsDelete : each.PreventsDeactivation));
  return (
    <Stack>
      <Text>{kept}</Text>
      {dependents.data.length > 0 ? (
        <>
          <Text>This is what breaks:</Text>
          <List>
            {dependents.data.map((each) => (
              <List.Item key={`${each.Kind} ${each.Name} ${each.Message}`}>
                {each.Message}
                <Text size="sm" c="dimmed">
                  {kinds[each.Kind] ?? each.Kind}: {each.Name}
                </Text>
              </List.Item>
            ))}
          </List>
        </>
      ) : (
        <Text>Nothing else refers to it.</Text>
      )}
      {preventing.length > 0 && <Alert color="yellow">It cannot be {past} before what names it is changed: {[...new Set(preventing.map((each) => each.Name))].join(", ")}.</Alert>}
      {taking.error && <Failure error={taking.error} />}
      <Group justify="end">
        <Button variant="default" onClick={onClose}>
          {keep}
        </Button>
        <Button color="red" onClick={() => taking.mutate(etag)} loading={taking.isPending} disabled={preventing.length > 0}>
          {verb}
        </Button>
      </Group>
    </Stack>
  );
}

const kinds: Record<string, string> = { Configuration: "endpoint", Navigation: "entity set", Permission: "role", ApiKey: "API key", OAuthClient: "OAuth client" };
