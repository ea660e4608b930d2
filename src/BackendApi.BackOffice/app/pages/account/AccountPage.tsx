import { Fieldset, Stack, Tabs, Text, Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { meQuery } from "../../api/access";
import { EffectiveRights } from "../access/EffectiveRights";
import { PasswordForm } from "./PasswordForm";
import { SecondFactor } from "./SecondFactor";
import { SignOutEverywhere } from "./SignOutEverywhere";

const route = getRouteApi("/account");

/** What callers see and do with what is their own. */
export function AccountPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const { tab = "settings" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Stack>
      <Title order={1}>My account</Title>
      <Text>
        {me.Name}
        {me.Roles.length > 0 ? `, with the ${me.Roles.length === 1 ? "role" : "roles"} ${me.Roles.join(", ")}.` : ", without a role: ask an administrator for one."}
        {me.Claims.length > 0 && ` Claims: ${me.Claims.map((claim) => `${claim.Claim} is ${claim.Value}`).join(", ")}.`}
      </Text>
      <Tabs value={tab} keepMounted={false} onChange={(next) => void navigate({ search: next === "rights" ? { tab: "rights" } : {} })}>
        <Tabs.List>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="rights">What I see</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings" pt="md">
          {me.Kind === "User" ? (
            <Stack maw={560}>
              <Fieldset legend="Password">
                <PasswordForm userName={me.Name} hasSecondFactor={me.HasSecondFactor ?? false} />
              </Fieldset>
              <Fieldset legend="Second factor">
                <SecondFactor isOn={me.HasSecondFactor ?? false} />
              </Fieldset>
              <Fieldset legend="Sessions">
                <SignOutEverywhere />
              </Fieldset>
            </Stack>
          ) : (
            <Text>Password and second factor are kept by the provider that you signed in with.</Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="rights" pt="md">
          <EffectiveRights set="Users" of={null} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
