import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { service } from "../../api/service";
import { forget, sessionQuery, signIn } from "../../api/session";
import { Failure } from "../../shell/Outcomes";

/** Another password ends every session, this one too: without a second factor the page signs in again by itself. */
export function PasswordForm({ userName, hasSecondFactor }: { userName: string; hasSecondFactor: boolean }) {
  const queries = useQueryClient();
  const [isRepeated, setIsRepeated] = useState(true);
  const changing = useMutation({
    mutationFn: async ({ currentPassword, newPassword, code }: { currentPassword: string; newPassword: string; code: string }) => {
      await service.ChangePassword({ currentPassword, newPassword, ...(code ? { code } : {}) });
      return hasSecondFactor ? null : signIn({ userName, password: newPassword });
    },
    onSuccess: (session) => (session ? queries.setQueryData(sessionQuery.queryKey, session) : forget(queries)),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const text = (name: string) => String(fields.get(name) ?? "");
    const isSame = text("newPassword") === text("repeated");
    setIsRepeated(isSame);
    if (isSame) changing.mutate({ currentPassword: text("currentPassword"), newPassword: text("newPassword"), code: text("code") }, { onSuccess: () => form.reset() });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <input type="hidden" name="username" autoComplete="username" value={userName} readOnly />
        <PasswordInput label="Current password" name="currentPassword" autoComplete="current-password" required />
        <PasswordInput label="New password" name="newPassword" autoComplete="new-password" required />
        <PasswordInput label="New password, once more" name="repeated" autoComplete="new-password" required error={isRepeated ? undefined : "The two are not the same."} />
        {hasSecondFactor && <TextInput label="Code" name="code" description="Of the authenticator app, or a recovery code." autoComplete="one-time-code" required />}
        <Text size="sm" c="dimmed">
          Another password ends your sessions everywhere else.{hasSecondFactor && " You sign in again then."}
        </Text>
        {changing.error && <Failure error={changing.error} />}
        <Group>
          <Button type="submit" loading={changing.isPending}>
            Change the password
          </Button>
          {changing.isSuccess && <Text role="status">Changed.</Text>}
        </Group>
      </Stack>
    </form>
  );
}
