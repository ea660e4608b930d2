import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";

/** Stands in a form: whoever leaves its page while there are changes is asked first, whichever way they go. Whoever has just saved navigates with `ignoreBlocker`. */
export function UnsavedChanges({ when }: { when: boolean }) {
  const blocker = useBlocker({
    // Another state of the same page takes nothing away.
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname,
    enableBeforeUnload: when,
    withResolver: true,
  });
  // Not there before: the Escape that wanted to leave would close it.
  if (blocker.status !== "blocked") return null;
  return (
    <Modal opened onClose={blocker.reset} title="Leave without saving?" closeButtonProps={{ "aria-label": "Close" }} zIndex={1000}>
      <Stack>
        <Text>What you have changed here is not saved, and is lost when you leave.</Text>
        <Group justify="end">
          <Button variant="default" onClick={blocker.reset} data-autofocus>
            Stay
          </Button>
          <Button color="red.9" onClick={blocker.proceed}>
            Leave
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
