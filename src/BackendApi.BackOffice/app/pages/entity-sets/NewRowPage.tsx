import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { modelQuery, type Model } from "../../api/model";
import { createRow, keyOf, keyParts } from "../../api/rows";
import { tableNamed, type Table } from "../../api/tables";
import { UnsavedChanges } from "../../shell/UnsavedChanges";
import { RowForm, valuesOf, type Entered } from "./RowForm";
import { RowDrawer } from "./RowDrawer";
import { useForgetRows } from "./useSaving";

const route = getRouteApi("/data/$set/new");

export function NewRowPage() {
  const { set: name } = route.useParams();
  const { data: model } = useSuspenseQuery(modelQuery);
  const set = tableNamed(model, name);
  if (!set) return null;
  return (
    <RowDrawer title={`New row of ${set.name}`}>
      {set.isInsertable ? <Content model={model} set={set} /> : <Alert color="yellow">Rows of {set.name} cannot be made: the endpoint does not allow it, or your roles do not.</Alert>}
    </RowDrawer>
  );
}

function Content({ model, set }: { model: Model; set: Table }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const forgetRows = useForgetRows();
  const [given] = useState(() => belongingTo(model, search.of));
  const [entered, setEntered] = useState(given);
  const properties = set.columns.filter((property) => property.type !== "Edm.Stream");
  const creating = useMutation({
    mutationFn: async () => createRow(set.name, valuesOf(properties, entered)),
    onSuccess: (row) => {
      forgetRows();
      if (set.key.every((name) => name in row)) void navigate({ to: "/data/$set/$key", params: { set: set.name, key: keyOf(set, row) }, search, ignoreBlocker: true });
      else void navigate({ to: "/data/$set", params: { set: set.name }, search, ignoreBlocker: true });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        creating.mutate();
      }}
    >
      <Stack>
        <UnsavedChanges when={entered !== given && !creating.isSuccess} />
        <Text size="sm">What you leave out gets its default, or null.</Text>
        <RowForm properties={properties} row={undefined} entered={entered} isWritable={(property) => property.isCreatable} failure={creating.error} onChange={setEntered} />
        <Group>
          <Button type="submit" loading={creating.isPending}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A row that is made among those of another one refers to it. */
function belongingTo(model: Model, of: string | undefined): Entered {
  const [, source = "", key = "", navigation = ""] = /^([^(]+)\((.*)\)\/([^/]+)$/.exec(of ?? "") ?? [];
  const set = model.set(source);
  const { partner, target } = set?.navigations.find((each) => each.name === navigation) ?? {};
  const constraint = (target && model.set(target)?.navigations.find((each) => each.name === partner)?.constraint) ?? {};
  const values = keyParts(set?.key ?? [], decodeURIComponent(key));
  return Object.fromEntries(Object.entries(constraint).flatMap(([column, referred]) => (values[referred] === undefined ? [] : [[column, values[referred]]])));
}
