import { Alert, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyField } from "../../shell/CopyField";

interface ShownOnceProps {
  title: string;
  label: string;
  secret: string;
  /** A command that works as it stands. */
  command?: string | undefined;
  children?: ReactNode;
}

/** A secret that was just made. The service keeps only a hash of it. */
export function ShownOnce({ title, label, secret, command, children }: ShownOnceProps) {
  return (
    <Alert title={title} role="status" color="teal">
      <Stack>
        <Text>Copy it now: it is shown only this once.</Text>
        <CopyField label={label} value={secret} />
        {command && <CopyField label="Try it in a shell" value={command} />}
        {children}
      </Stack>
    </Alert>
  );
}
