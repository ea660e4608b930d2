import { Stack, TextInput } from "@mantine/core";
import type { OAuthClient } from "../../api/access";
import { reference } from "../../api/entities";
import { RolesInput } from "./RolesInput";
import { unlimited } from "./scopes";
import { ScopesInput } from "./ScopesInput";

export interface ClientDraft {
  description: string;
  roles: readonly string[];
  scopes: readonly string[];
}

export const newClient: ClientDraft = { description: "", roles: [], scopes: unlimited };

export const draftOfClient = (client: OAuthClient): ClientDraft => ({ description: client.Description ?? "", roles: client.Roles?.map((role) => role.Name) ?? [], scopes: client.Scopes });

export const clientBody = (draft: ClientDraft) => ({
  Description: draft.description.trim() || null,
  Roles: draft.roles.map((role) => reference("Roles", role)),
  Scopes: draft.scopes.length > 0 ? draft.scopes : unlimited,
});

export function ClientForm({ draft, onChange }: { draft: ClientDraft; onChange: (draft: ClientDraft) => void }) {
  const set = (changes: Partial<ClientDraft>) => onChange({ ...draft, ...changes });
  return (
    <Stack>
      <TextInput label="Description" value={draft.description} maxLength={1000} onChange={(event) => set({ description: event.currentTarget.value })} />
      <RolesInput value={draft.roles} onChange={(roles) => set({ roles })} description="Without one its own tokens see nothing; users who sign in through it have their own roles." />
      <ScopesInput value={draft.scopes} onChange={(scopes) => set({ scopes })} />
    </Stack>
  );
}
