import { Alert, Anchor, Button, Group, Stack, Tabs, Text } from "@mantine/core";
import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { serviceRoot, ServiceError } from "../../../api/http";
import { OpenIn } from "../../../shell/feeds/OpenIn";
import type { Feed } from "../../../shell/feeds/powerQuery";
import { Failure, Pending } from "../../../shell/Outcomes";
import { indented } from "./json";
import { addressOf, optionNames, type OptionName, type Options, type Shown } from "./options";
import { RequestCode } from "./RequestCode";
import { ResultGrid } from "./ResultGrid";
import classes from "./Results.module.css";
import { readPage } from "./rows";

const JsonView = lazy(() => import("./JsonView"));

export const resultsKey = (set: string, options: Options) => ["query", addressOf(set, options)];

const resultsQuery = (set: string, options: Options) =>
  infiniteQueryOptions({
    queryKey: resultsKey(set, options),
    queryFn: ({ pageParam, signal }) => readPage(pageParam, signal),
    initialPageParam: addressOf(set, options),
    getNextPageParam: (page) => page.next,
    // A query runs when it is asked for.
    staleTime: Infinity,
    retry: false,
    retryOnMount: false,
  });

/** What the service has against the query, and the option that it is about. */
export interface Mistake {
  option: OptionName;
  at(option: OptionName): string | undefined;
}

export function useMistake(set: string, options: Options): Mistake | undefined {
  const { error } = useInfiniteQuery(resultsQuery(set, options));
  const target = error instanceof ServiceError ? optionNames.find((name) => error.target === `$${name}`) : undefined;
  return error && target ? { option: target, at: (option) => (option === target ? error.message : undefined) } : undefined;
}

interface ResultsProps {
  set: string;
  /** What is run. */
  options: Options;
  /** What is written, which the program says. */
  feed: Feed;
  mistake: Mistake | undefined;
  show: Shown | undefined;
  onShow: (show: Shown | undefined) => void;
}

export function Results({ set, options, feed, mistake, show, onShow }: ResultsProps) {
  const queries = useQueryClient();
  const { data, error, isFetching, isPending, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(resultsQuery(set, options));
  const pages = data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]);
  const address = addressOf(set, options);
  const more = () => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage();
  };

  return (
    <Stack>
      <Group mih={36}>
        <Anchor href={new URL(address, serviceRoot).href} target="_blank" rel="noreferrer" className={classes["address"]}>
          GET /{address}
        </Anchor>
        {isFetching ? (
          <>
            <Elapsed />
            <Button variant="default" size="xs" onClick={() => void queries.cancelQueries({ queryKey: resultsKey(set, options) })}>
              Cancel
            </Button>
          </>
        ) : (
          <Text size="sm" role="status">
            {pages ? summary(rows.length, pages[0]?.count, hasNextPage, pages.at(-1)?.milliseconds ?? 0) : isPending && !error ? "Cancelled. Run it again, or ask for less." : ""}
          </Text>
        )}
      </Group>
      {mistake && (
        <Alert color="red" title="The query has a mistake" role="alert">
          What is wrong stands above, at ${mistake.option}.
        </Alert>
      )}
      {error && !mistake && <Failure error={error} reset={() => void refetch()} />}
      <Tabs value={show ?? "grid"} onChange={(tab) => onShow(tab === "json" || tab === "request" ? tab : undefined)} keepMounted={false}>
        <Tabs.List aria-label="The result and the request">
          <Tabs.Tab value="grid">Grid</Tabs.Tab>
          <Tabs.Tab value="json">JSON</Tabs.Tab>
          <Tabs.Tab value="request">Request</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="grid" pt="md">
          {rows.length > 0 ? <ResultGrid label={`Rows of ${set}`} rows={rows} onEnd={more} /> : pages && <Text>No rows match. Change the filter, or leave it out.</Text>}
        </Tabs.Panel>
        <Tabs.Panel value="json" pt="md">
          {pages && (
            <Suspense fallback={<Pending />}>
              <JsonView text={pages.map((page) => indented(page.text)).join("\n\n")} />
            </Suspense>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="request" pt="md">
          <Stack>
            <RequestCode feed={feed} />
            <OpenIn feed={feed} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function summary(rows: number, count: number | undefined, isMore: boolean, milliseconds: number): string {
  const all = count !== undefined ? ` of ${count.toLocaleString()}` : isMore ? ", and there are more" : "";
  return `${rows.toLocaleString()} ${rows === 1 && count === undefined ? "row" : "rows"}${all}, in ${Math.round(milliseconds).toLocaleString()} ms.`;
}

/** How long it runs already. */
function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const started = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - started) / 1000), 100);
    return () => clearInterval(timer);
  }, []);
  return (
    <Text size="sm" aria-hidden="true">
      Running, {seconds.toFixed(1)} s
    </Text>
  );
}
