import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, type FormEvent } from "react";
import { service } from "../../api/service";
import { forget } from "../../api/session";
import { CopyField } from "../../shell/CopyField";
import { Failure, Pending } from "../../shell/Outcomes";

const QrCode = lazy(() => import("./QrCode"));

/** Codes of an authenticator app at the sign-in: on with a code, off with a code. */
export function SecondFactor({ isOn }: { isOn: boolean }) {
  return isOn ? <TurnOff /> : <TurnOn />;
}

function TurnOn() {
  const queries = useQueryClient();
  const beginning = useMutation({ mutationFn: async () => (await service.BeginSecondFactor()).data });
  const confirming = useMutation({ mutationFn: async (code: string) => (await service.ConfirmSecondFactor({ code })).data.value });
  if (confirming.data)
    return (
      <Alert title="The second factor is on" role="status" color="teal">
        <Stack>
          <Text>Keep these recovery codes where you find them without the app. Each signs in once. They are shown only now.</Text>
          <CopyField label="Recovery codes" value={confirming.data.join("\n")} />
          <Group>
            <Button onClick={() => forget(queries)}>I have kept them: sign in again</Button>
          </Group>
        </Stack>
      </Alert>
    );
  if (!beginning.data)
    return (
      <Stack align="start">
        <Text>With an authenticator app a stolen password alone signs nobody in.</Text>
        {beginning.error && <Failure error={beginning.error} />}
        <Button variant="default" onClick={() => beginning.mutate()} loading={beginning.isPending}>
          Set up a second factor
        </Button>
      </Stack>
    );
  return (
    <Stack>
      <Text>Scan this with the authenticator app, or type the secret into it.</Text>
      <Suspense fallback={<Pending />}>
        <QrCode content={beginning.data.Address} label="The secret for the authenticator app, as a QR code" />
      </Suspense>
      <CopyField label="Secret" value={beginning.data.Secret} />
      <CodeForm label="Turn on" isPending={confirming.isPending} failure={confirming.error} onCode={(code) => confirming.mutate(code)} />
    </Stack>
  );
}

function TurnOff() {
  const queries = useQueryClient();
  const ending = useMutation({ mutationFn: (code: string) => service.EndSecondFactor({ code }), onSuccess: () => forget(queries) });
  return (
    <Stack>
      <Text>It is on. Turning it off ends your sessions, and you sign in again with the password alone.</Text>
      <CodeForm label="Turn off" isPending={ending.isPending} failure={ending.error} onCode={(code) => ending.mutate(code)} />
    </Stack>
  );
}

interface CodeFormProps {
  label: string;
  isPending: boolean;
  failure: Error | null;
  onCode: (code: string) => void;
}

function CodeForm({ label, isPending, failure, onCode }: CodeFormProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCode(String(new FormData(event.currentTarget).get("code")).replaceAll(" ", ""));
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label="Code that the app shows now" name="code" autoComplete="one-time-code" required maw={320} />
        {failure && <Failure error={failure} />}
        <Group>
          <Button type="submit" loading={isPending}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
