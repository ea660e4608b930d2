import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { ServiceError } from "../../api/http";
import { modelQuery, type Model } from "../../api/model";
import { addressOf, membersOf, pathOf, rowQuery, type ReadRow } from "../../api/rows";
import { tableNamed, type Table } from "../../api/tables";
import { Failure, Pending } from "../../shell/Outcomes";
import { UnsavedChanges } from "../../shell/UnsavedChanges";
import { ConflictTable } from "./ConflictTable";
import { DeleteRow } from "./DeleteRow";
import { Mistakes, RowForm, valuesOf, type Entered } from "./RowForm";
import { Related } from "./Related";
import { RowDrawer } from "./RowDrawer";
import { Streams } from "./Streams";
import { useSaving } from "./useSaving";

const route = getRouteApi("/data/$set/$key");

/** One row beside its grid: all that it has, where it leads, and what can be changed. */
export function RowPage() {
  const { set: name, key } = route.useParams();
  const { data: model } = useSuspenseQuery(modelQuery);
  const set = tableNamed(model, name);
  // The grid says that there is no such set.
  if (!set) return null;
  return (
    <RowDrawer title={`${set.name} ${key}`}>
      <Content key={`${name} ${key}`} model={model} set={set} rowKey={key} />
    </RowDrawer>
  );
}

function Content({ model, set, rowKey }: { model: Model; set: Table; rowKey: string }) {
  const read = useQuery(rowQuery(set, rowKey, model.set));
  if (read.error instanceof ServiceError && read.error.status === 404 && !read.data)
    return (
      <Alert color="yellow" title="There is no such row">
        It was deleted, or your roles do not show it. <Text size="sm">{read.error.message}</Text>
      </Alert>
    );
  if (read.error && !read.data) return <Failure error={read.error} reset={() => void read.refetch()} />;
  if (!read.data) return <Pending />;
  return <Editor model={model} set={set} rowKey={rowKey} read={read.data} onReload={() => void read.refetch()} />;
}

function Editor({ model, set, rowKey, read, onReload }: { model: Model; set: Table; rowKey: string; read: ReadRow; onReload: () => void }) {
  // What is edited stays as it was read until it is saved, whatever is read anew behind it.
  const [before, setBefore] = useState(read);
  const [entered, setEntered] = useState<Entered>({});
  const [mistakes, setMistakes] = useState<Mistakes | null>(null);
  const [isSaved, setIsSaved] = useState(false);
  const isTouched = Object.keys(entered).length > 0;
  const shown = isTouched ? before : read;
  const members = membersOf(set, shown.row);
  const properties = members.columns.filter((property) => property.type !== "Edm.Stream");
  const path = pathOf(set.name, rowKey);
  const { save, isSaving, failure, conflict, forget } = useSaving(set, rowKey, (stored) => {
    // An answer without the row, to whoever may not read it, changes nothing that is shown.
    setBefore(Object.keys(stored.row).length > 0 ? stored : { ...before, etag: stored.etag });
    setEntered({});
    setIsSaved(true);
    onReload();
  });

  const change = (next: Entered) => {
    if (!isTouched) setBefore(read);
    setIsSaved(false);
    setEntered(next);
  };
  const submit = () => {
    try {
      setMistakes(null);
      save({ before: shown, changes: valuesOf(properties, entered) });
    } catch (error) {
      if (!(error instanceof Mistakes)) throw error;
      setMistakes(error);
    }
  };
  const giveUp = () => {
    if (conflict) setBefore(conflict.theirs);
    setEntered({});
    forget();
    onReload();
  };

  return (
    <Stack>
      <UnsavedChanges when={isTouched} />
      <Group justify="space-between">
        <Anchor href={addressOf(path)} target="_blank" rel="noreferrer">
          As JSON
        </Anchor>
        {set.isDeletable && <DeleteRow set={set} rowKey={rowKey} etag={shown.etag} />}
      </Group>
      {conflict && <ConflictTable properties={properties} conflict={conflict} isSaving={isSaving} onSave={(changes) => save({ before: conflict.theirs, changes })} onGiveUp={giveUp} />}
      <Related model={model} set={set} rowKey={rowKey} row={shown.row} navigations={members.navigations} />
      <Streams set={set} path={path} members={members} onChanged={onReload} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <RowForm properties={properties} row={shown.row} entered={entered} isWritable={(property) => property.isEditable} failure={mistakes ?? failure} onChange={change} />
          {properties.some((property) => property.isEditable) && (
            <Group>
              <Button type="submit" loading={isSaving && !conflict} disabled={!isTouched || conflict !== null}>
                Save
              </Button>
              {isTouched && !conflict && (
                <Button variant="default" onClick={giveUp}>
                  Undo the changes
                </Button>
              )}
              {isSaved && <Text role="status">Saved.</Text>}
            </Group>
          )}
        </Stack>
      </form>
    </Stack>
  );
}
