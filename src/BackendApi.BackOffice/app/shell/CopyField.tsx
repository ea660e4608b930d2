import { ActionIcon, CopyButton, Textarea, Tooltip } from "@mantine/core";
import { Icon } from "./Icon";

/** A text that goes elsewhere: to be read, marked and copied. */
export function CopyField({ label, value, description }: { label: string; value: string; description?: string }) {
  return (
    <Textarea
      label={label}
      description={description}
      value={value}
      readOnly
      autosize
      maxRows={6}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={<CopyAction label={label} value={value} />}
    />
  );
}

/** Stands in the field whose value it copies. */
export function CopyAction({ label, value }: { label: string; value: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : "Copy"}>
          <ActionIcon variant="subtle" onClick={copy} aria-label={copied ? `${label}: copied` : `Copy ${label}`}>
            <Icon path={copied ? "M4 12l5 5L20 6" : "M8 8h12v12H8zM4 16V4h12"} />
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
