import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useLocation } from "@tanstack/react-router";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTourProgress } from "./progress";
import { steps } from "./steps";
import classes from "./Tour.module.css";

/** Beside the pages, not in front of them: whoever takes the tour tries what it shows. */
export default function Tour({ userName }: { userName: string }) {
  const [progress, setProgress] = useTourProgress(userName);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [moves, setMoves] = useState(0);
  const leave = () => setProgress("over");
  const go = (number: number) => {
    const step = steps[number];
    if (!step) return leave();
    setProgress(number);
    setMoves(moves + 1);
    void navigate({ to: step.to, search: step.search ?? {} });
  };
  if (progress === "offered")
    return (
      <Panel title="Welcome" focusKey="offered" onLeave={leave}>
        <Text>Five steps show what the Back Office does, with the demo shop. They take some minutes, and you can leave at any time.</Text>
        <Group>
          <Button onClick={() => go(0)}>Take the tour</Button>
          <Button variant="default" onClick={leave}>
            Not now
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          It waits in the menu under your name.
        </Text>
      </Panel>
    );
  const step = typeof progress === "number" ? steps[progress] : undefined;
  if (typeof progress !== "number" || !step) return null;
  return (
    <Panel title={`${progress + 1} of ${steps.length}: ${step.title}`} focusKey={`${progress} ${moves}`} onLeave={leave}>
      <Text>{step.text}</Text>
      {pathname !== step.to && (
        <Group>
          <Button size="xs" variant="default" onClick={() => go(progress)}>
            Show me that page
          </Button>
        </Group>
      )}
      <Group justify="space-between">
        <Group gap="xs">
          {progress > 0 && (
            <Button variant="default" onClick={() => go(progress - 1)}>
              Back
            </Button>
          )}
          <Button onClick={() => go(progress + 1)}>{progress + 1 < steps.length ? "Next" : "Done"}</Button>
        </Group>
        <Button variant="subtle" onClick={leave}>
          Leave the tour
        </Button>
      </Group>
    </Panel>
  );
}

interface PanelProps {
  title: string;
  /** Another one moves the focus here, so that a screen reader reads what is new. */
  focusKey: string;
  onLeave: () => void;
  children: ReactNode;
}

function Panel({ title, focusKey, onLeave, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [focusKey]);
  const leaveAtEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") onLeave();
  };
  return (
    <Paper role="dialog" aria-modal={false} aria-label="Tour" withBorder shadow="md" p="md" className={classes["panel"]} onKeyDown={leaveAtEscape}>
      <Stack gap="sm">
        <Title order={2} size="h4" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}
