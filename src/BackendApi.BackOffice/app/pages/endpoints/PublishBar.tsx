import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { UnsavedChanges } from "../../shell/UnsavedChanges";
import classes from "./editor/Editor.module.css";

interface PublishBarProps {
  /** What the button does. */
  label: string;
  status: ReactNode;
  onPublish: () => void;
  isPublishing: boolean;
  isDisabled?: boolean;
  isChanged: boolean;
  children?: ReactNode;
}

/** Stays in sight below a long form. */
export function PublishBar({ label, status, onPublish, isPublishing, isDisabled = false, isChanged, children }: PublishBarProps) {
  return (
    <div className={classes["bar"]}>
      <Group>
        <Button onClick={onPublish} loading={isPublishing} disabled={isDisabled}>
          {label}
        </Button>
        {children}
        <Text size="sm" role="status">
          {status}
        </Text>
      </Group>
      <UnsavedChanges when={isChanged} />
    </div>
  );
}
