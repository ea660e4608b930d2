import { Alert, Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { dependentsQuery, forgetPublished, remove } from "../../api/configurations";
import { Failure, Pending } from "../../shell/Outcomes";

/** Asks before an endpoint goes, and says what goes with it. */
export function DeleteEndpoint({ alias, etag }: { alias: string; etag: string }) {
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button color="red.9" variant="outline" onClick={open}>
        Delete
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Delete the endpoint ${alias}?`} closeButtonProps={{ "aria-label": "Close" }}>
        {isOpen && <Question alias={alias} etag={etag} onClose={close} />}
      </Modal>
    </>
  );
}

function Question({ alias, etag, onClose }: { alias: string; etag: string; onClose: () => void }) {
  const dependents = useQuery(dependentsQuery(alias));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const deleting = useMutation({
    mutationFn: () => remove(alias, etag),
    onSuccess: async () => {
      await navigate({ to: "/endpoints" });
      forgetPublished(queries);
    },
  });
  if (dependents.error) return <Failure error={dependents.error} />;
  if (!dependents.data) return <Pending />;
  const preventing = dependents.data.filter((each) => each.PreventsDelete);
  return (
    <Stack>
      <Text>The table and its rows stay as they are. Its history stays too, and an earlier version can be brought back.</Text>
      {dependents.data.length > 0 && (
        <>
          <Text>This is what breaks:</Text>
          <List>
            {dependents.data.map((each) => (
              <List.Item key={`${each.Kind} ${each.Name} ${each.Message}`}>{each.Message}</List.Item>
            ))}
          </List>
        </>
      )}
      {preventing.length > 0 && <Alert color="yellow">It cannot be deleted before the endpoints that name it are changed: {preventing.map((each) => each.Name).join(", ")}.</Alert>}
      {deleting.error && <Failure error={deleting.error} />}
      <Group justify="end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button color="red.9" onClick={() => deleting.mutate()} loading={deleting.isPending} disabled={preventing.length > 0}>
          Delete
        </Button>
      </Group>
    </Stack>
  );
}
