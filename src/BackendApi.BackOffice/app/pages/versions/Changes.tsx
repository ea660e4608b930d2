import { Code, List, Text } from "@mantine/core";
import type { DocumentChange } from "../../api/service/BackOfficeModel";

/** What differs between two documents, a line for each place. */
export function Changes({ changes }: { changes: readonly DocumentChange[] }) {
  if (changes.length === 0) return <Text>Nothing differs.</Text>;
  return (
    <List aria-label="Differences">
      {changes.map((change) => (
        <List.Item key={`${change.Path} ${change.Item}`}>
          <Text component="span" fw={600}>
            {change.Path || "the whole configuration"}
            {change.Item && ` (${change.Item})`}
          </Text>{" "}
          {change.Kind.toLowerCase()}
          {change.Before !== null && (
            <>
              {": was "}
              <Code>{shortened(change.Before)}</Code>
            </>
          )}
          {change.After !== null && (
            <>
              {change.Before === null ? ": " : ", is "}
              <Code>{shortened(change.After)}</Code>
            </>
          )}
        </List.Item>
      ))}
    </List>
  );
}

const longest = 200;

function shortened(json: string): string {
  return json.length > longest ? `${json.slice(0, longest)}…` : json;
}
