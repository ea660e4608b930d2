import { Badge, Stack, Tabs } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Suspense, useCallback, useMemo } from "react";
import { configurationsQuery } from "../../../api/configurations";
import { altered, type ConfigurationDocument } from "../../../api/document";
import { ServiceError } from "../../../api/http";
import { Pending } from "../../../shell/Outcomes";
import { EditorContext, type EditorState } from "./EditorContext";
import { FieldsTab } from "./FieldsTab";
import { JsonTab } from "./JsonTab";
import { KeysTab } from "./KeysTab";
import { focusAt, Mistakes, mistakesOf, problemsOf } from "./mistakes";
import { MistakeSummary } from "./MistakeSummary";
import { NamesTab } from "./NamesTab";
import { RelationsTab } from "./RelationsTab";
import { RowsTab } from "./RowsTab";
import { tabOf, tabs, type Place, type TabName } from "./tabs";
import { TryTab } from "./TryTab";
import { useTrial } from "./useTrial";

interface EditorProps {
  document: ConfigurationDocument;
  onChange: (change: (document: ConfigurationDocument) => ConfigurationDocument) => void;
  catalogue: ConfigurationDocument | undefined;
  isNew?: boolean;
  /** Why the document was not published, while it is as it was then. */
  refusal: Error | null;
  place: Place;
  onPlace: (place: Place) => void;
}

/** A configuration in parts, looked at by the service while it is edited. */
export function Editor({ document, onChange, catalogue, isNew = false, refusal, place, onPlace }: EditorProps) {
  const { tab = "fields" } = place;
  const trial = useTrial(document, tab === "try" ? 10 : 0);
  const { data: endpoints } = useSuspenseQuery(configurationsQuery);
  const mistakes = useMemo(() => {
    const { alias } = document;
    const refused = refusal instanceof ServiceError ? problemsOf(refusal.details, alias) : [];
    // A trial takes the place of an endpoint that is there.
    const taken = isNew && endpoints.some((each) => each.alias === alias) ? [{ Alias: alias, Path: "alias", Message: `There is an endpoint “${alias}” already.` }] : [];
    return mistakesOf(alias, refused.length > 0 ? refused : [...taken, ...(trial.result?.Problems ?? [])]);
  }, [document, refusal, trial.result, endpoints, isNew]);
  const change = useCallback<EditorState["change"]>((changes) => onChange((before) => altered(before, changes)), [onChange]);
  const state = useMemo(() => ({ document, change, catalogue, mistakes, type: trial.type, isNew }), [document, change, catalogue, mistakes, trial.type, isNew]);
  const go = (path: string) => {
    const field = /^fields\[(\d+)\]\.(?!(?:column|name|type|isCreatable|isEditable|description|validation\.isRequired)$)/.exec(path)?.[1];
    const column = field === undefined ? undefined : document.fields?.[Number(field)]?.column;
    onPlace({ tab: tabOf(path), ...(column ? { field: column } : {}) });
    // What shows the place is drawn first.
    setTimeout(() => focusAt(path), column ? 300 : 50);
  };

  return (
    <EditorContext value={state}>
      <Stack>
        <MistakeSummary mistakes={mistakes} refusal={refusal} trial={trial} onGo={go} />
        <Tabs value={tab} onChange={(name) => onPlace({ tab: (name ?? "fields") as TabName })} keepMounted={false}>
          <Tabs.List aria-label="Parts of the configuration">
            {tabs.map((each) => (
              <Tabs.Tab key={each.name} value={each.name} rightSection={<Count of={mistakes} tab={each.name} />}>
                {each.label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Suspense fallback={<Pending />}>
            <Tabs.Panel value="fields" pt="md">
              <FieldsTab open={place.field} onOpen={(field) => onPlace({ tab: "fields", ...(field ? { field } : {}) })} />
            </Tabs.Panel>
            <Tabs.Panel value="names" pt="md">
              <NamesTab />
            </Tabs.Panel>
            <Tabs.Panel value="keys" pt="md">
              <KeysTab />
            </Tabs.Panel>
            <Tabs.Panel value="rows" pt="md">
              <RowsTab />
            </Tabs.Panel>
            <Tabs.Panel value="relations" pt="md">
              <RelationsTab />
            </Tabs.Panel>
            <Tabs.Panel value="try" pt="md">
              <TryTab trial={trial} />
            </Tabs.Panel>
            <Tabs.Panel value="json" pt="md">
              <JsonTab onReplace={(replaced) => onChange(() => replaced)} />
            </Tabs.Panel>
          </Suspense>
        </Tabs>
      </Stack>
    </EditorContext>
  );
}

function Count({ of, tab }: { of: Mistakes; tab: TabName }) {
  const count = of.own.filter((mistake) => tabOf(mistake.path) === tab).length;
  if (count === 0) return null;
  return (
    <Badge color="red" size="sm" circle={count < 10} aria-label={count === 1 ? "1 mistake" : `${count} mistakes`}>
      {count}
    </Badge>
  );
}
