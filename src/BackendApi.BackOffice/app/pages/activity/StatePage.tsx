import { Alert, Badge, Button, Group, Progress, Stack, Table, Text, Title, VisuallyHidden } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient, useSuspenseQuery, type UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { modelQuery } from "../../api/model";
import { callerLimitsQuery, cancelJob, jobsQuery, myLimitsQuery, problemsQuery, readinessQuery, type Job, type LimitState } from "../../api/state";
import { versionsQuery } from "../../api/versions";
import { Confirm } from "../../shell/Confirm";
import { Moment } from "../../shell/Moment";
import { Failure, Pending } from "../../shell/Outcomes";

/** How the service is now: whether it answers, what it does, and what its callers have left. */
export function StatePage() {
  const queries = useQueryClient();
  const { data: model } = useSuspenseQuery(modelQuery);
  const may = (operation: string) => model.operations.some((each) => each.name === operation);
  return (
    <Stack gap="xl">
      <Group justify="space-between">
        <Title order={1}>State</Title>
        <Button variant="default" onClick={() => void queries.invalidateQueries({ queryKey: ["state"] })}>
          Refresh
        </Button>
      </Group>
      <Health />
      {may("DefinitionProblems") && <Problems />}
      {model.set("Jobs") && <Jobs />}
      {may("CallerLimits") ? <CallerLimits /> : may("MyLimits") && <MyLimits />}
    </Stack>
  );
}

function Section<T>({ title, of, children }: { title: string; of: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {of.error ? <Failure error={of.error} reset={() => void of.refetch()} /> : of.data === undefined ? <Pending /> : children(of.data)}
    </Stack>
  );
}

function Health() {
  const readiness = useQuery(readinessQuery);
  return (
    <Section title="Health" of={readiness}>
      {({ isReady, status }) => (
        <Group>
          <Badge color={isReady ? "teal.9" : "red.9"}>{isReady ? "Ready" : "Not ready"}</Badge>
          <Text>{isReady ? "This node answers requests, and so does its database." : `This node says: ${status}.`}</Text>
        </Group>
      )}
    </Section>
  );
}

function Problems() {
  const problems = useQuery(problemsQuery);
  const versions = useInfiniteQuery(versionsQuery());
  const latest = versions.data?.pages[0]?.value[0];
  return (
    <Section title="Endpoints" of={problems}>
      {(found) => (
        <>
          {latest && (
            <Text>
              <Link to="/versions">Version {latest.Number}</Link> is published, since <Moment at={latest.PublishedAt} />.
            </Text>
          )}
          {found.length === 0 ? (
            <Text>All endpoints that are active are served.</Text>
          ) : (
            <Alert color="red" title={`${new Set(found.map((each) => each.Alias)).size} endpoints are not served`}>
              <ul>
                {found.map((each) => (
                  <li key={`${each.Alias} ${each.Path} ${each.Message}`}>
                    <Link to="/endpoints/$alias" params={{ alias: each.Alias }}>
                      {each.Alias}
                    </Link>{" "}
                    <code>{each.Path}</code> {each.Message}
                  </li>
                ))}
              </ul>
            </Alert>
          )}
        </>
      )}
    </Section>
  );
}

function Jobs() {
  const jobs = useQuery(jobsQuery);
  const queries = useQueryClient();
  const end = async (job: Job) => {
    try {
      await cancelJob(job.Id);
    } finally {
      await queries.invalidateQueries({ queryKey: jobsQuery.queryKey });
    }
  };
  return (
    <Section title="Jobs" of={jobs}>
      {(found) =>
        found.length === 0 ? (
          <Text>Nothing runs without its client. A request with Prefer: respond-async would be here, and its result for a while.</Text>
        ) : (
          <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>What</Table.Th>
                  <Table.Th>For</Table.Th>
                  <Table.Th>State</Table.Th>
                  <Table.Th>Begun</Table.Th>
                  <Table.Th>Ended</Table.Th>
                  <Table.Th>
                    <VisuallyHidden>What can be done</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {found.map((job) => (
                  <Table.Tr key={job.Id}>
                    <Table.Td>{job.Subject ?? job.Kind}</Table.Td>
                    <Table.Td>{job.Caller}</Table.Td>
                    <Table.Td>
                      {job.State}
                      {job.Status === null ? "" : ` (${job.Status})`}
                      {job.Progress !== null && <Progress value={job.Progress} aria-label={`${job.Progress} % done`} />}
                    </Table.Td>
                    <Table.Td>
                      <Moment at={job.StartedAt} />
                    </Table.Td>
                    <Table.Td>
                      <Moment at={job.FinishedAt} />
                    </Table.Td>
                    <Table.Td>
                      {job.FinishedAt === null && (
                        <Confirm label="End it" question="End this job?" act={() => end(job)}>
                          <Text>{job.Caller} will not get what it was asked for: {job.Subject ?? job.Kind}.</Text>
                        </Confirm>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )
      }
    </Section>
  );
}

function MyLimits() {
  const mine = useQuery(myLimitsQuery);
  return (
    <Section title="Your limits" of={mine}>
      {(limits) => <Limits of={[limits]} label="Your limits" />}
    </Section>
  );
}

function CallerLimits() {
  const all = useQuery(callerLimitsQuery);
  return (
    <Section title="Limits of callers" of={all}>
      {(limits) => (limits.length === 0 ? <Text>Nobody has called this node lately.</Text> : <Limits of={limits} label="Limits of callers" />)}
    </Section>
  );
}

function Limits({ of, label }: { of: readonly LimitState[]; label: string }) {
  return (
    <>
      <Text size="sm" c="dimmed">
        As this node has counted them. Rates are set in <Link to="/settings" search={{ search: "Limits" }}>the settings</Link>, and for each API key.
      </Text>
      <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table highlightOnHover aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Caller</Table.Th>
              <Table.Th>Requests a minute</Table.Th>
              <Table.Th>Left now</Table.Th>
              <Table.Th>Running</Table.Th>
              <Table.Th>Refused</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.map((each) => (
              <Table.Tr key={`${each.Kind} ${each.Name}`}>
                <Table.Td>{each.Name}</Table.Td>
                <Table.Td>{each.RequestsPerMinute?.toLocaleString() ?? "without a limit"}</Table.Td>
                <Table.Td>{each.RequestsLeft?.toLocaleString() ?? "–"}</Table.Td>
                <Table.Td>
                  {each.RunningRequests.toLocaleString()}
                  {each.ConcurrentRequests !== null && ` of ${each.ConcurrentRequests.toLocaleString()}`}
                </Table.Td>
                <Table.Td>{each.RefusedRequests.toLocaleString()}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
