import { NumberInput, Radio, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { namesQuery } from "../../api/access";
import type { KeyDraft } from "./keyDraft";
import { RolesInput } from "./RolesInput";
import { ScopesInput } from "./ScopesInput";

/** What a key may do, from where, and until when. */
export function KeyForm({ draft, onChange }: { draft: KeyDraft; onChange: (draft: KeyDraft) => void }) {
  const set = (changes: Partial<KeyDraft>) => onChange({ ...draft, ...changes });
  const users = useQuery({ ...namesQuery("Users"), enabled: draft.acts === "user" });
  return (
    <Stack>
      <Radio.Group label="Whose rights it has" value={draft.acts} onChange={(acts) => set({ acts: acts as KeyDraft["acts"] })}>
        <Stack gap="xs" mt="xs">
          <Radio value="roles" label="Roles of its own" />
          <Radio value="user" label="Those of a user, as long as the user is there and not locked" />
        </Stack>
      </Radio.Group>
      {draft.acts === "roles" ? (
        <RolesInput value={draft.roles} onChange={(roles) => set({ roles })} description="Without one it sees nothing." />
      ) : (
        <Select label="User" searchable data={[...(users.data ?? (draft.owner ? [draft.owner] : []))]} value={draft.owner} onChange={(owner) => set({ owner })} error={users.error?.message} required nothingFoundMessage="No user is called so" />
      )}
      <ScopesInput value={draft.scopes} onChange={(scopes) => set({ scopes })} />
      <TextInput type="date" label="Expires on" description="At the beginning of that day. Empty is never." maw={240} value={draft.validTo} onChange={(event) => set({ validTo: event.currentTarget.value })} />
      <TagsInput label="Addresses" description="From where it may be used, such as 10.0.0.0/8 or 192.0.2.7. None is from everywhere." value={[...draft.addresses]} onChange={(addresses) => set({ addresses })} clearable />
      <NumberInput
        label="Requests each minute"
        description="Empty is what the settings say for all callers."
        maw={240}
        min={1}
        allowDecimal={false}
        value={draft.requestsPerMinute ?? ""}
        onChange={(value) => set({ requestsPerMinute: typeof value === "number" ? value : null })}
      />
    </Stack>
  );
}
