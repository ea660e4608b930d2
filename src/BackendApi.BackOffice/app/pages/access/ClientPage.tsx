import { Group, Stack, Tabs, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { entityQuery, type OAuthClient } from "../../api/access";
import { change, entity, remove, type Stored } from "../../api/entities";
import { modelQuery } from "../../api/model";
import { service } from "../../api/service";
import { Confirm } from "../../shell/Confirm";
import { Moment } from "../../shell/Moment";
import { SaveBar } from "../../shell/SaveBar";
import { clientBody, ClientForm, draftOfClient } from "./ClientForm";
import { ClientState } from "./ClientsPage";
import { EffectiveRights } from "./EffectiveRights";
import { ShownSecret } from "./NewClientPage";
import { Overlap } from "./Overlap";
import { scopesInWords } from "./scopes";
import { useMayAdminister } from "./useMayAdminister";

const route = getRouteApi("/clients/$id");
const expand = { Roles: "$select=Name;$orderby=Name" };

export function ClientPage() {
  const { id } = route.useParams();
  const { tab = "settings" } = route.useSearch();
  const navigate = route.useNavigate();
  const mayAdminister = useMayAdminister();
  const { data: model } = useSuspenseQuery(modelQuery);
  const { data: client, dataUpdatedAt } = useSuspenseQuery(entityQuery<OAuthClient>(model, "OAuthClients", id, expand));
  return (
    <Stack>
      <Group>
        <Title order={1}>{client.Id}</Title>
        <ClientState client={client} />
      </Group>
      <Text>
        Made by {client.CreatedBy}, <Moment at={client.CreatedAt} />.
      </Text>
      {mayAdminister && <Actions client={client} />}
      <Tabs value={tab} keepMounted={false} onChange={(next) => void navigate({ search: next === "rights" ? { tab: "rights" } : {} })}>
        <Tabs.List>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="rights">What this client sees</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings" pt="md" keepMounted>
          {mayAdminister ? <Settings key={dataUpdatedAt} client={client} /> : <Text>May: {scopesInWords(client.Scopes)}.</Text>}
        </Tabs.Panel>
        <Tabs.Panel value="rights" pt="md">
          <EffectiveRights set="OAuthClients" of={client.Id} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Settings({ client }: { client: Stored<OAuthClient> }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOfClient(client));
  const reload = () => queries.invalidateQueries({ queryKey: ["access"] });
  const isChanged = JSON.stringify(clientBody(draft)) !== JSON.stringify(clientBody(draftOfClient(client)));
  const saving = useMutation({ mutationFn: () => change(entity("OAuthClients", client.Id), client["@odata.etag"], clientBody(draft)), onSuccess: reload });
  return (
    <Stack maw={720}>
      <ClientForm draft={draft} onChange={setDraft} />
      <SaveBar saving={saving} isChanged={isChanged} what="this client" onReload={() => void reload()} />
    </Stack>
  );
}

function Actions({ client }: { client: OAuthClient }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [overlap, setOverlap] = useState(1440);
  const [secret, setSecret] = useState<string>();
  const reload = () => queries.invalidateQueries({ queryKey: ["access"] });
  return (
    <Stack maw={720}>
      {secret && <ShownSecret id={client.Id} secret={secret} />}
      <Group>
        <Confirm label="Rotate secret" question={`Give ${client.Id} another secret?`} act={async () => setSecret((await service.OAuthClients(client.Id).RotateSecret({ overlapMinutes: overlap })).data.Secret)}>
          <Text>The new secret is shown once.</Text>
          <Overlap value={overlap} onChange={setOverlap} />
        </Confirm>
        {client.LockedAt ? (
          <Confirm label="Unlock" question={`Let ${client.Id} ask for tokens again?`} act={() => service.OAuthClients(client.Id).Unlock().then(reload)}>
            <Text>Its secret stays as it is.</Text>
          </Confirm>
        ) : (
          <Confirm label="Lock" question={`Lock ${client.Id}?`} act={() => service.OAuthClients(client.Id).Lock().then(reload)}>
            <Text>It gets no tokens, and those that it has are void within two seconds.</Text>
          </Confirm>
        )}
        <Confirm
          label="Delete"
          question={`Delete ${client.Id}?`}
          isDangerous
          act={async () => {
            await remove(entity("OAuthClients", client.Id));
            await navigate({ to: "/clients", ignoreBlocker: true });
            await reload();
          }}
        >
          <Text>It gets no tokens any more, and those that it has are void within two seconds.</Text>
        </Confirm>
      </Group>
    </Stack>
  );
}
