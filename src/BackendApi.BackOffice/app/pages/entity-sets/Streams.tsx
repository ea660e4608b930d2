import { Anchor, Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { addressOf, deleteStream, putStream } from "../../api/rows";
import type { Members, Table } from "../../api/tables";
import { Failure } from "../../shell/Outcomes";

interface StreamsProps {
  set: Table;
  /** The row's address. */
  path: string;
  members: Members;
  onChanged: () => void;
}

/** The streams of a row: each can be downloaded, and replaced by a file where that is allowed. */
export function Streams({ set, path, members, onChanged }: StreamsProps) {
  const streams = members.columns.filter((property) => property.type === "Edm.Stream");
  return (
    <>
      {set.hasStream && <OneStream name="Content" path={`${path}/$value`} isEditable={set.isUpdatable} onChanged={onChanged} />}
      {streams.map((stream) => (
        <OneStream key={stream.name} name={stream.name} path={`${path}/${stream.name}`} isEditable={stream.isEditable} onChanged={onChanged} />
      ))}
    </>
  );
}

function OneStream({ name, path, isEditable, onChanged }: { name: string; path: string; isEditable: boolean; onChanged: () => void }) {
  const writing = useMutation({ mutationFn: (file: File | null) => (file ? putStream(path, file) : deleteStream(path)), onSuccess: onChanged });
  return (
    <Stack gap="xs">
      <Group>
        <Anchor href={addressOf(path)} download>
          Download {name}
        </Anchor>
        {isEditable && (
          <>
            <FileButton onChange={(file) => file && writing.mutate(file)}>
              {(props) => (
                <Button {...props} variant="default" loading={writing.isPending}>
                  Replace {name}
                </Button>
              )}
            </FileButton>
            <Button variant="default" onClick={() => writing.mutate(null)} disabled={writing.isPending}>
              Empty {name}
            </Button>
          </>
        )}
        {writing.isSuccess && <Text role="status">Stored.</Text>}
      </Group>
      {writing.error && <Failure error={writing.error} />}
    </Stack>
  );
}
