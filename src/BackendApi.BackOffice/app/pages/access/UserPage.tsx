import { ActionIcon, Button, Fieldset, Group, List, Stack, Switch, Tabs, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { entityQuery, type Claim, type User } from "../../api/access";
import { change, entity, reference, remove, type Stored } from "../../api/entities";
import { modelQuery } from "../../api/model";
import { service } from "../../api/service";
import { Confirm } from "../../shell/Confirm";
import { Icon } from "../../shell/Icon";
import { Moment } from "../../shell/Moment";
import { SaveBar } from "../../shell/SaveBar";
import { EffectiveRights } from "./EffectiveRights";
import { randomPassword } from "./password";
import { RolesInput } from "./RolesInput";
import { ShownOnce } from "./ShownOnce";
import { useMayAdminister } from "./useMayAdminister";
import { UserState } from "./UsersPage";

const route = getRouteApi("/users/$name");
const expand = { Roles: "$select=Name;$orderby=Name", Claims: "$select=Claim,Value;$orderby=Claim", ApiKeys: "$select=Name;$orderby=Name" };

export function UserPage() {
  const { name } = route.useParams();
  const { tab = "settings" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: model } = useSuspenseQuery(modelQuery);
  const { data: user, dataUpdatedAt } = useSuspenseQuery(entityQuery<User>(model, "Users", name, expand));
  return (
    <Stack>
      <Group>
        <Title order={1}>{user.Name}</Title>
        <UserState user={user} />
      </Group>
      <Tabs value={tab} keepMounted={false} onChange={(next) => void navigate({ search: next === "rights" ? { tab: "rights" } : {} })}>
        <Tabs.List>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="rights">What {user.Name} sees</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings" pt="md" keepMounted>
          <Settings key={dataUpdatedAt} user={user} />
        </Tabs.Panel>
        <Tabs.Panel value="rights" pt="md">
          <EffectiveRights set="Users" of={user.Name} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

interface UserDraft {
  displayName: string;
  email: string;
  roles: readonly string[];
  claims: readonly Claim[];
}

const draftOf = (user: User): UserDraft => ({
  displayName: user.DisplayName ?? "",
  email: user.Email ?? "",
  roles: user.Roles?.map((role) => role.Name) ?? [],
  claims: user.Claims?.map(({ Claim, Value }) => ({ Claim, Value })) ?? [],
});

const bodyOf = (draft: UserDraft) => ({
  DisplayName: draft.displayName.trim() || null,
  Email: draft.email.trim() || null,
  Roles: draft.roles.map((role) => reference("Roles", role)),
  Claims: draft.claims,
});

function Settings({ user }: { user: Stored<User> }) {
  const mayAdminister = useMayAdminister();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(user));
  const set = (changes: Partial<UserDraft>) => setDraft({ ...draft, ...changes });
  const reload = () => queries.invalidateQueries({ queryKey: ["access"] });
  const isChanged = JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(draftOf(user)));
  const saving = useMutation({ mutationFn: () => change(entity("Users", user.Name), user["@odata.etag"], bodyOf(draft)), onSuccess: reload });
  return (
    <Stack maw={720}>
      <Fieldset legend="Who it is" disabled={!mayAdminister}>
        <Stack>
          <TextInput label="Called" value={draft.displayName} maxLength={256} onChange={(event) => set({ displayName: event.currentTarget.value })} />
          <TextInput label="Email" value={draft.email} maxLength={256} onChange={(event) => set({ email: event.currentTarget.value })} />
          {user.Roles && <RolesInput value={draft.roles} onChange={(roles) => set({ roles })} disabled={!mayAdminister} description="What they grant adds up." />}
          {user.Claims && <ClaimsInput claims={draft.claims} onChange={(claims) => set({ claims })} />}
          {mayAdminister && <SaveBar saving={saving} isChanged={isChanged} what="this user" onReload={() => void reload()} />}
        </Stack>
      </Fieldset>
      <Fieldset legend="Sign-in">
        <Stack>
          <Text>
            Last sign-in: <Moment at={user.LastSignInAt} />.{" "}
            {user.TwoFactorSince ? (
              <>
                A second factor since <Moment at={user.TwoFactorSince} />.
              </>
            ) : (
              "No second factor."
            )}{" "}
            {user.MustChangePassword && "The next sign-in asks for another password."}
          </Text>
          {mayAdminister && <SignInActions user={user} onChanged={reload} />}
        </Stack>
      </Fieldset>
      {user.ApiKeys && user.ApiKeys.length > 0 && (
        <Fieldset legend="API keys that act for this user">
          <List>
            {user.ApiKeys.map((key) => (
              <List.Item key={key.Name}>
                <Link to="/keys/$name" params={{ name: key.Name }}>
                  {key.Name}
                </Link>
              </List.Item>
            ))}
          </List>
        </Fieldset>
      )}
    </Stack>
  );
}

function ClaimsInput({ claims, onChange }: { claims: readonly Claim[]; onChange: (claims: readonly Claim[]) => void }) {
  const set = (index: number, changes: Partial<Claim>) => onChange(claims.map((claim, each) => (each === index ? { ...claim, ...changes } : claim)));
  return (
    <Stack gap="xs" role="group" aria-label="Claims">
      <Text size="sm" fw={500}>
        Claims
      </Text>
      <Text size="xs" c="dimmed">
        What row filters of roles can name: @country stands for the claim country.
      </Text>
      {claims.map((claim, index) => (
        <Group key={index} wrap="nowrap">
          <TextInput aria-label={`Name of claim ${index + 1}`} placeholder="country" value={claim.Claim} maxLength={64} onChange={(event) => set(index, { Claim: event.currentTarget.value })} />
          <TextInput aria-label={`Value of claim ${index + 1}`} placeholder="DE" value={claim.Value} maxLength={256} onChange={(event) => set(index, { Value: event.currentTarget.value })} />
          <ActionIcon variant="subtle" color="gray" aria-label={`Take claim ${index + 1} away`} onClick={() => onChange(claims.filter((_, each) => each !== index))}>
            <Icon path="M6 6l12 12M18 6L6 18" />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button variant="default" size="xs" onClick={() => onChange([...claims, { Claim: "", Value: "" }])}>
          Add a claim
        </Button>
      </Group>
    </Stack>
  );
}

function SignInActions({ user, onChanged }: { user: User; onChanged: () => Promise<void> }) {
  const navigate = useNavigate();
  const [password, setPassword] = useState<string>();
  const [mustChange, setMustChange] = useState(true);
  const stored = service.Users(user.Name);
  const reset = async () => {
    const next = randomPassword();
    await stored.ResetPassword({ password: next, mustChange });
    setPassword(next);
  };
  const isLocked = user.LockedAt !== null || user.LockedUntil !== null;
  return (
    <Stack>
      {password && <ShownOnce title="The new password" label="Password" secret={password} />}
      <Group>
        <Confirm label="Reset password" question={`Give ${user.Name} another password?`} act={reset}>
          <Text>It is made here and shown once. All sessions and tokens of {user.Name} end; API keys stay good.</Text>
          <Switch label="The next sign-in asks for another one" checked={mustChange} onChange={(event) => setMustChange(event.currentTarget.checked)} />
        </Confirm>
        {isLocked ? (
          <Confirm label="Unlock" question={`Let ${user.Name} sign in again?`} act={() => stored.Unlock().then(onChanged)}>
            <Text>The password stays as it is.</Text>
          </Confirm>
        ) : (
          <Confirm label="Lock" question={`Lock ${user.Name}?`} act={() => stored.Lock().then(onChanged)}>
            <Text>Within two seconds nothing is let in under the name: no sign-in, no token, and no key that acts for {user.Name}.</Text>
          </Confirm>
        )}
        {user.TwoFactorSince && (
          <Confirm label="Remove second factor" question={`Remove the second factor of ${user.Name}?`} act={() => stored.RemoveSecondFactor().then(onChanged)}>
            <Text>For somebody who has lost the authenticator app. The password alone signs in then.</Text>
          </Confirm>
        )}
        <Confirm
          label="Delete"
          question={`Delete ${user.Name}?`}
          isDangerous
          act={async () => {
            await remove(entity("Users", user.Name));
            await navigate({ to: "/users", ignoreBlocker: true });
            await onChanged();
          }}
        >
          <Text>
            {user.ApiKeys && user.ApiKeys.length > 0
              ? `These API keys act for ${user.Name}, and end with the user: ${user.ApiKeys.map((key) => key.Name).join(", ")}.`
              : "No API key acts for this user."}{" "}
            What the audit log tells of the user stays.
          </Text>
        </Confirm>
      </Group>
    </Stack>
  );
}
