import { Alert, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { modelQuery } from "../../api/model";
import { Grid } from "./Grid";

const route = getRouteApi("/data/$set");

export function GridPage() {
  const { set: name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: model } = useSuspenseQuery(modelQuery);
  const set = model.set(name);
  const [filter, setFilter] = useState(search.filter ?? "");

  if (!set)
    return (
      <Alert color="yellow" title={`There is no entity set ${name}`}>
        It may have been deactivated, or your roles do not show it. <Link to="/data">All entity sets</Link>
      </Alert>
    );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ search: { ...(filter ? { filter } : {}), ...(search.orderBy ? { orderBy: search.orderBy } : {}) } });
  };

  return (
    <Stack>
      <Title order={1}>{set.name}</Title>
      {set.description && <Text>{set.description}</Text>}
      <form onSubmit={submit}>
        <Group align="end">
          <TextInput label="Filter" description="An OData expression, such as contains(Name,'a') and Price gt 10" value={filter} onChange={(event) => setFilter(event.currentTarget.value)} flex={1} maw={720} />
          <Button type="submit">Apply</Button>
        </Group>
      </form>
      <Grid key={`${set.name} ${search.filter} ${search.orderBy}`} set={set} query={search} onOrder={(orderBy) => void navigate({ search: { ...(search.filter ? { filter: search.filter } : {}), ...(orderBy ? { orderBy } : {}) } })} />
    </Stack>
  );
}
