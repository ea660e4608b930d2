import { Accordion, Button, Group, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { serviceRoot } from "../../../api/http";
import { modelQuery, type EntitySet, type Model } from "../../../api/model";
import { aliasesOf } from "../../../shell/expressions/completion";
import { ExpressionInput } from "../../../shell/expressions/ExpressionInput";
import type { Feed } from "../../../shell/feeds/powerQuery";
import { NoSuchSet } from "../NoSuchSet";
import { AddCondition } from "./AddCondition";
import { addressOf, optionsOf, systemOptions, type OptionName, type Options, type Shown } from "./options";
import { resultsKey, Results, useMistake } from "./Results";
import { expandText, selectionOf, selectText } from "./selection";
import { SelectionTree } from "./SelectionTree";

const route = getRouteApi("/explorer/$set/query");

/** A request, option by option. What is in the address is run; what is changed runs when it is asked for. */
export function QueryPage() {
  const { set: name } = route.useParams();
  const { show, ...options } = route.useSearch();
  const { data: model } = useSuspenseQuery(modelQuery);
  const set = model.set(name);
  if (!set) return <NoSuchSet name={name} />;
  return <Builder key={name} model={model} set={set} options={options} show={show} />;
}

interface BuilderProps {
  model: Model;
  set: EntitySet;
  options: Options;
  show: Shown | undefined;
}

function Builder({ model, set, options, show }: BuilderProps) {
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const address = addressOf(set.name, options);
  const [read, setRead] = useState(address);
  const [draft, setDraft] = useState(() => draftOf(options));
  // The address has changed: by a run of the draft, which it says then, or by the back button.
  if (read !== address) {
    setRead(address);
    setDraft(draftOf(options));
  }
  const mistake = useMistake(set.name, options);
  const change = (name: OptionName) => (value: string | number) => setDraft((before) => ({ ...before, [name]: String(value) }));
  const run = () => {
    const wanted = optionsOf(draft);
    if (addressOf(set.name, wanted) === address) void queries.resetQueries({ queryKey: resultsKey(set.name, options) });
    else void navigate({ search: { ...wanted, ...(show ? { show } : {}) } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const scope = { model, type: set, names: [...aliasesOf(draft.apply ?? ""), ...aliasesOf(draft.compute ?? "")] };
  const selection = selectionOf(draft.select ?? "", draft.expand ?? "");
  const expression = (name: "filter" | "orderby" | "compute" | "apply", label: string, placeholder: string) => (
    <ExpressionInput label={label} placeholder={placeholder} language={name} scope={scope} value={draft[name] ?? ""} onChange={change(name)} onSubmit={run} error={mistake?.at(name)} />
  );
  const feed: Feed = { name: set.name, address: new URL(`odata/${set.name}`, serviceRoot).href, options: systemOptions(optionsOf(draft)) };

  return (
    <Stack>
      <Title order={1}>Query {set.name}</Title>
      <Text>
        <Link to="/explorer/$set" params={{ set: set.name }}>
          {set.name}
        </Link>
        {set.description && `: ${set.description}`} Ctrl+Space in an expression lists what fits there.
      </Text>
      <form onSubmit={submit}>
        <Stack>
          {expression("filter", "Filter ($filter)", "Such as contains(Name,'a') and Price gt 10")}
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {expression("orderby", "Order ($orderby)", "Such as Name desc")}
            <TextInput label="Search ($search)" value={draft.search ?? ""} onChange={(event) => change("search")(event.currentTarget.value)} error={mistake?.at("search")} />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <TextInput label="Properties ($select)" placeholder="All" value={draft.select ?? ""} onChange={(event) => change("select")(event.currentTarget.value)} error={mistake?.at("select")} />
            <TextInput label="Related entities ($expand)" placeholder="None" value={draft.expand ?? ""} onChange={(event) => change("expand")(event.currentTarget.value)} error={mistake?.at("expand")} />
          </SimpleGrid>
          <Accordion variant="contained" multiple>
            <Accordion.Item value="condition">
              <Accordion.Control>Choose a condition</Accordion.Control>
              <Accordion.Panel>
                <AddCondition model={model} set={set} filter={draft.filter ?? ""} onChange={change("filter")} />
              </Accordion.Panel>
            </Accordion.Item>
            <Accordion.Item value="selection">
              <Accordion.Control>Tick properties and related entities</Accordion.Control>
              <Accordion.Panel>
                {selection ? (
                  <SelectionTree model={model} type={set} selection={selection} of={set.name} onChange={(changed) => setDraft((before) => ({ ...before, select: selectText(changed), expand: expandText(changed) }))} />
                ) : (
                  <Text>What is written above is more than can be ticked. Clear it to tick.</Text>
                )}
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {expression("compute", "Compute ($compute)", "Such as Price mul 1.19 as Gross")}
            {expression("apply", "Aggregate ($apply)", "Such as groupby((Status),aggregate($count as N))")}
          </SimpleGrid>
          {draft.apply?.trim() && <Text size="sm">The other options are about what $apply yields.</Text>}
          <Group align="end">
            <NumberInput label="At most ($top)" min={0} allowDecimal={false} w={140} value={draft.top ?? ""} onChange={change("top")} error={mistake?.at("top")} />
            <NumberInput label="Leave out ($skip)" min={0} allowDecimal={false} w={140} value={draft.skip ?? ""} onChange={change("skip")} error={mistake?.at("skip")} />
            <Switch label="Count all ($count)" checked={draft.count === "true"} onChange={(event) => change("count")(event.currentTarget.checked ? "true" : "")} mb={8} />
            <Button type="submit">Run</Button>
            <Button variant="default" onClick={() => void navigate({ search: {} })}>
              Clear
            </Button>
          </Group>
        </Stack>
      </form>
      <Results set={set.name} options={options} feed={feed} mistake={mistake} show={show} onShow={(shown) => void navigate({ search: { ...options, ...(shown ? { show: shown } : {}) }, replace: true })} />
    </Stack>
  );
}

/** The options as they are written. */
function draftOf(options: Options): Partial<Record<OptionName, string>> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));
}
