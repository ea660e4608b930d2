import { Button, Group } from "@mantine/core";
import { download } from "../download";
import { excelFile, powerBiFile } from "./files";
import type { Feed } from "./powerQuery";

/** The feed as a file that the programs of Microsoft open. */
export function OpenIn({ feed }: { feed: Feed }) {
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => download(`${feed.name}.odc`, excelFile(feed), "text/x-ms-odc")}>
        Open in Excel
      </Button>
      <Button variant="default" onClick={() => download(`${feed.name}.pbids`, powerBiFile(feed), "application/json")}>
        Open in Power BI
      </Button>
    </Group>
  );
}
