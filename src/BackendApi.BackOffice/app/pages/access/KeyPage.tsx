import { Group, Stack, Tabs, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { entityQuery, type ApiKey } from "../../api/access";
import { change, entity, remove, type Stored } from "../../api/entities";
import { modelQuery } from "../../api/model";
import { service } from "../../api/service";
import { Confirm } from "../../shell/Confirm";
import { Moment } from "../../shell/Moment";
import { SaveBar } from "../../shell/SaveBar";
import { EffectiveRights } from "./EffectiveRights";
import { bodyOf, draftOfKey } from "./keyDraft";
import { KeyForm } from "./KeyForm";
import { KeyState } from "./KeysPage";
import { ShownKey } from "./NewKeyPage";
import { Overlap } from "./Overlap";
import { scopesInWords } from "./scopes";
import { useMayAdminister } from "./useMayAdminister";

const route = getRouteApi("/keys/$name");
const expand = { Roles: "$select=Name;$orderby=Name", Owner: "$select=LockedAt" };

export function KeyPage() {
  const { name } = route.useParams();
  const { tab = "settings" } = route.useSearch();
  const navigate = route.useNavigate();
  const mayAdminister = useMayAdminister();
  const { data: model } = useSuspenseQuery(modelQuery);
  const { data: key, dataUpdatedAt } = useSuspenseQuery(entityQuery<ApiKey>(model, "ApiKeys", name, expand));
  return (
    <Stack>
      <Group>
        <Title order={1}>{key.Name}</Title>
        <KeyState apiKey={key} />
      </Group>
      <Text>
        Made by {key.CreatedBy}, <Moment at={key.CreatedAt} />. Last used: {key.LastUsedAt ? <Moment at={key.LastUsedAt} /> : "not yet"}.{" "}
        {key.OwnerName && (
          <>
            Acts for{" "}
            <Link to="/users/$name" params={{ name: key.OwnerName }}>
              {key.OwnerName}
            </Link>
            .
          </>
        )}
      </Text>
      {mayAdminister && <Values apiKey={key} />}
      <Tabs value={tab} keepMounted={false} onChange={(next) => void navigate({ search: next === "rights" ? { tab: "rights" } : {} })}>
        <Tabs.List>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="rights">What this key sees</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings" pt="md" keepMounted>
          {mayAdminister ? <Settings key={dataUpdatedAt} apiKey={key} /> : <Text>May: {scopesInWords(key.Scopes)}.</Text>}
        </Tabs.Panel>
        <Tabs.Panel value="rights" pt="md">
          <EffectiveRights set="ApiKeys" of={key.Name} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Settings({ apiKey }: { apiKey: Stored<ApiKey> }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOfKey(apiKey));
  const reload = () => queries.invalidateQueries({ queryKey: ["access"] });
  const body = bodyOf(draft, apiKey);
  const isChanged = JSON.stringify(body) !== JSON.stringify(bodyOf(draftOfKey(apiKey), apiKey));
  const saving = useMutation({ mutationFn: () => change(entity("ApiKeys", apiKey.Name), apiKey["@odata.etag"], body), onSuccess: reload });
  return (
    <Stack maw={720}>
      <KeyForm draft={draft} onChange={setDraft} />
      <SaveBar saving={saving} isChanged={isChanged} what="this key" onReload={() => void reload()} />
    </Stack>
  );
}

/** Another value for the key, or none any more. */
function Values({ apiKey }: { apiKey: ApiKey }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [overlap, setOverlap] = useState(1440);
  const [secret, setSecret] = useState<string>();
  return (
    <Stack maw={720}>
      {secret && <ShownKey name={apiKey.Name} secret={secret} />}
      <Group>
        <Confirm label="Rotate" question={`Give ${apiKey.Name} another value?`} act={async () => setSecret((await service.ApiKeys(apiKey.Name).Rotate({ overlapMinutes: overlap })).data.Secret)}>
          <Text>The new value is shown once. Everything else of the key stays as it is.</Text>
          <Overlap value={overlap} onChange={setOverlap} />
        </Confirm>
        <Confirm
          label="Revoke"
          question={`Revoke ${apiKey.Name}?`}
          isDangerous
          act={async () => {
            await remove(entity("ApiKeys", apiKey.Name));
            await navigate({ to: "/keys", ignoreBlocker: true });
            await queries.invalidateQueries({ queryKey: ["access"] });
          }}
        >
          <Text>Within two seconds nothing is let in with it, on any node. It cannot be brought back.</Text>
        </Confirm>
      </Group>
    </Stack>
  );
}
