import { Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { forgetPublished } from "../../api/configurations";
import { differenceQuery, historyQuery, rollBack, type Version } from "../../api/versions";
import { Failure, Pending } from "../../shell/Outcomes";
import { Changes } from "./Changes";

const route = getRouteApi("/versions/$alias/$number");
const now = "now";

/** One version of an endpoint beside another one, or beside what is stored now. */
export function VersionPage() {
  const { alias, number } = route.useParams();
  const { to } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: versions } = useSuspenseQuery(historyQuery(alias));
  const isDeleted = versions[0]?.Action === "Deleted";
  const difference = useQuery(differenceQuery(alias, number, to ?? (isDeleted ? versions[0]?.Number : undefined), isDeleted));
  const options = [...(isDeleted ? [] : [{ value: now, label: "what is stored now" }]), ...versions.filter((each) => each.Number !== number).map((each) => ({ value: String(each.Number), label: nameOf(each) }))];
  return (
    <Stack>
      <Title order={1}>
        {alias}, version {number}
      </Title>
      <Text>
        <Link to="/versions" search={{ alias }}>
          All versions of {alias}
        </Link>
      </Text>
      <Select
        label="Compared with"
        maw={420}
        allowDeselect={false}
        data={options}
        value={to === undefined ? (isDeleted ? String(versions[0]?.Number) : now) : String(to)}
        onChange={(value) => void navigate({ search: value && value !== now ? { to: Number(value) } : {} })}
      />
      {difference.error ? <Failure error={difference.error} /> : difference.data ? <Changes changes={difference.data} /> : <Pending />}
      <RollBack alias={alias} number={number} />
    </Stack>
  );
}

function nameOf(version: Version): string {
  return `version ${version.Number}: ${version.Action.toLowerCase()} ${new Date(version.PublishedAt).toLocaleString()} by ${version.PublishedBy}`;
}

function RollBack({ alias, number }: { alias: string; number: number }) {
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const rolling = useMutation({
    mutationFn: () => rollBack({ Alias: alias, Number: number }),
    onSuccess: async () => {
      forgetPublished(queries);
      await navigate({ to: "/endpoints/$alias", params: { alias } });
    },
  });
  return (
    <>
      {rolling.error && <Failure error={rolling.error} />}
      <Group>
        <Button onClick={() => rolling.mutate()} loading={rolling.isPending}>
          Go back to version {number}
        </Button>
        <Text size="sm" c="dimmed">
          As a new version: nothing of the history is lost.
        </Text>
      </Group>
    </>
  );
}
