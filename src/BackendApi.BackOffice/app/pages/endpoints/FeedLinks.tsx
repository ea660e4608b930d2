import { ActionIcon, CopyButton, Group, TextInput, Tooltip } from "@mantine/core";
import { serviceRoot } from "../../api/http";
import { OpenIn } from "../../shell/feeds/OpenIn";
import { Icon } from "../../shell/Icon";

/** Where other programs find the endpoint, to copy or to open. */
export function FeedLinks({ entitySet, alias }: { entitySet: string; alias: string }) {
  const feed = new URL(`odata/${entitySet}`, serviceRoot).href;
  return (
    <Group align="end">
      <Link label="OData feed (Excel, Power BI)" value={feed} />
      <Link label="Data Exchange" value={new URL(`dynamic-entity/${alias}`, serviceRoot).href} />
      <OpenIn feed={{ name: entitySet, address: feed, options: [] }} />
    </Group>
  );
}

function Link({ label, value }: { label: string; value: string }) {
  return (
    <TextInput
      label={label}
      value={value}
      readOnly
      w={380}
      maw="100%"
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? "Copied" : "Copy"}>
              <ActionIcon variant="subtle" onClick={copy} aria-label={copied ? `${label}: copied` : `Copy ${label}`}>
                <Icon path={copied ? "M4 12l5 5L20 6" : "M8 8h12v12H8zM4 16V4h12"} />
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      }
    />
  );
}
