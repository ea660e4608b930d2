import { Group, TextInput } from "@mantine/core";
import { serviceRoot } from "../../api/http";
import { CopyAction } from "../../shell/CopyField";
import { OpenIn } from "../../shell/feeds/OpenIn";

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
  return <TextInput label={label} value={value} readOnly w={380} maw="100%" rightSection={<CopyAction label={label} value={value} />} />;
}
