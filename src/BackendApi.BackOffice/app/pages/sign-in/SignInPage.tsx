import { Alert, Button, Container, Divider, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { ServiceError } from "../../api/http";
import { addressOf, providersQuery, sessionQuery, signIn, type Credentials, type Session } from "../../api/session";
import { offerTour } from "../tour/progress";

/** What the service asks for besides the password, once it has seen the right one. */
type Asked = "nothing" | "otp" | "newPassword";

export function SignInPage() {
  return (
    <Container component="main" size={420} py={{ base: 32, sm: 80 }}>
      <Stack>
        <Title order={1}>Sign in</Title>
        <Comeback />
        <PasswordSignIn />
        <Providers />
        <Text size="sm" c="dimmed">
          The first administrator&apos;s name and password stand in the output of the first start.
        </Text>
      </Stack>
    </Container>
  );
}

function PasswordSignIn() {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<ReadonlySet<Asked>>(new Set());
  const ask = (what: Asked) => setAsked((current) => new Set(current).add(what));
  const signing = useMutation({
    mutationFn: (credentials: Credentials) => signIn(credentials),
    onSuccess: (session: Session, { newPassword }) => {
      if (newPassword) offerTour(session.userName);
      queries.setQueryData(sessionQuery.queryKey, session);
    },
    onError: (failure) => {
      if (!(failure instanceof ServiceError)) return;
      if (failure.code === "mfa_required") ask("otp");
      else if (failure.code === "password_change_required") ask("newPassword");
    },
  });
  const isQuestion = signing.error instanceof ServiceError && ["mfa_required", "password_change_required"].includes(signing.error.code);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "");
    signing.mutate({ userName: text("userName"), password: text("password"), otp: text("otp"), newPassword: text("newPassword") });
  };

  return (
    <Paper component="form" withBorder p="lg" onSubmit={submit}>
      <Stack>
        <TextInput label="User name" name="userName" autoComplete="username" required data-autofocus autoFocus />
        <PasswordInput label="Password" name="password" autoComplete="current-password" required />
        {asked.has("otp") && <TextInput label="Code" description="Of the authenticator app, or a recovery code." name="otp" autoComplete="one-time-code" required autoFocus />}
        {asked.has("newPassword") && (
          <PasswordInput
            label="New password"
            description="Nobody but you should know your password, and this one was made for you: choose one of your own. A few words make a good one."
            name="newPassword"
            autoComplete="new-password"
            required
            autoFocus
          />
        )}
        {signing.error && !isQuestion && (
          <Alert color="red" role="alert">
            {signing.error.message}
          </Alert>
        )}
        <Button type="submit" loading={signing.isPending}>
          Sign in
        </Button>
      </Stack>
    </Paper>
  );
}

/** A button for each issuer at which one can sign in. */
function Providers() {
  const providers = useQuery(providersQuery).data ?? [];
  if (providers.length === 0) return null;
  return (
    <Stack>
      <Divider label="or" />
      {providers.map((provider) => (
        <Button key={provider.name} variant="default" component="a" href={addressOf(provider)}>
          Sign in with {provider.displayName}
        </Button>
      ))}
    </Stack>
  );
}

const comebacks: Record<string, string> = {
  denied: "The provider did not let you in.",
  unavailable: "The provider cannot be reached now. Try again in a moment, or sign in with a password.",
  failed: "The provider signed you in, and its answer was not taken. Try again; if it goes on, the log of the service tells an administrator why.",
};

/** What became of a sign-in at a provider, which has led back here without a session. */
function Comeback() {
  const [reason] = useState(() => new URLSearchParams(location.hash.slice(1)).get("signIn") ?? "");
  const message = comebacks[reason];
  return message ? (
    <Alert color="yellow" role="alert">
      {message}
    </Alert>
  ) : null;
}
