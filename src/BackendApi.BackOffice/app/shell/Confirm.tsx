import { Button, Group, Modal, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "./Outcomes";

interface ConfirmProps {
  /** On the button, and on the one that does it. */
  label: string;
  question: string;
  /** What follows from it, and whatever is to be chosen before. */
  children: ReactNode;
  act: () => Promise<void>;
  isDangerous?: boolean;
}

/** Asks before it acts. */
export function Confirm({ label, question, children, act, isDangerous = false }: ConfirmProps) {
  const [isOpen, { open, close }] = useDisclosure();
  const acting = useMutation({ mutationFn: act, onSuccess: close });
  const colour = isDangerous ? { color: "red.9" } : {};
  return (
    <>
      {/* On a dark page the dark red that stands behind white letters could not be read as a letter. */}
      <Button variant={isDangerous ? "outline" : "default"} {...colour} {...(isDangerous ? { c: "light-dark(var(--mantine-color-red-9), var(--mantine-color-red-3))" } : {})} onClick={open}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={question} closeButtonProps={{ "aria-label": "Close" }}>
        <Stack>
          {children}
          {acting.error && <Failure error={acting.error} />}
          <Group justify="end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button {...colour} onClick={() => acting.mutate()} loading={acting.isPending}>
              {label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
