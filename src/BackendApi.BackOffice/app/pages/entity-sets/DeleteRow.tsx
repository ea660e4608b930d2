import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { deleteRow, pathOf } from "../../api/rows";
import type { Table } from "../../api/tables";
import { Failure } from "../../shell/Outcomes";
import { useForgetRows } from "./useSaving";

const grid = getRouteApi("/data/$set");

export function DeleteRow({ set, rowKey, etag }: { set: Table; rowKey: string; etag: string }) {
  const [isOpen, { open, close }] = useDisclosure();
  const search = grid.useSearch();
  const navigate = grid.useNavigate();
  const forgetRows = useForgetRows();
  const deleting = useMutation({
    mutationFn: () => deleteRow(pathOf(set.name, rowKey), etag),
    onSuccess: async () => {
      await navigate({ to: "/data/$set", params: { set: set.name }, search, ignoreBlocker: true });
      forgetRows();
    },
  });
  return (
    <>
      <Button color="red.9" variant="outline" onClick={open}>
        Delete
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Delete ${set.name} ${rowKey}?`} closeButtonProps={{ "aria-label": "Close" }}>
        <Stack>
          <Text>The row is gone for everybody. This cannot be undone.</Text>
          {deleting.error && <Failure error={deleting.error} />}
          <Group justify="end">
            <Button variant="default" onClick={close} data-autofocus>
              Keep it
            </Button>
            <Button color="red.9" onClick={() => deleting.mutate()} loading={deleting.isPending}>
              Delete the row
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
