import { Alert, Button, Container, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { ServiceError } from "../../api/http";
import { sessionQuery, signIn, type Credentials } from "../../api/session";

/** What the service asks for besides the password, once it has seen the right one. */
type Asked = "nothing" | "otp" | "newPassword";

export function SignInPage() {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>("nothing");
  const signing = useMutation({
    mutationFn: (credentials: Credentials) => signIn(credentials),
    onSuccess: (session) => queries.setQueryData(sessionQuery.queryKey, session),
    onError: (failure) => {
      if (!(failure instanceof ServiceError)) return;
      if (failure.code === "mfa_required") setAsked("otp");
      else if (failure.code === "password_change_required") setAsked("newPassword");
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
    <Container component="main" size={420} py={80}>
      <Stack>
        <Title order={1}>Sign in</Title>
        <Paper component="form" withBorder p="lg" onSubmit={submit}>
          <Stack>
            <TextInput label="User name" name="userName" autoComplete="username" required data-autofocus autoFocus />
            <PasswordInput label="Password" name="password" autoComplete="current-password" required />
            {asked === "otp" && <TextInput label="Code" description="Of the authenticator app, or a recovery code." name="otp" autoComplete="one-time-code" required autoFocus />}
            {asked === "newPassword" && (
              <PasswordInput label="New password" description="The password was given to you by somebody else: choose one of your own." name="newPassword" autoComplete="new-password" required autoFocus />
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
        <Text size="sm" c="dimmed">
          The first administrator&apos;s name and password stand in the output of the first start.
        </Text>
      </Stack>
    </Container>
  );
}
