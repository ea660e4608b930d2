import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { sendChangeSet } from "../../api/batch";
import { keyText, reference } from "../../api/entities";
import { MakeForm } from "./MakeForm";
import { randomPassword } from "./password";
import { RolesInput } from "./RolesInput";
import { ShownOnce } from "./ShownOnce";

/** The user and the first password are made together, or not at all. */
async function makeUser(user: { Name: string; DisplayName: string | null; Email: string | null }, roles: readonly string[]) {
  const password = randomPassword();
  // As it is stored: names of users are the same whatever their case.
  const key = keyText(user.Name.toLowerCase());
  await sendChangeSet([
    { method: "POST", url: "Users", body: { ...user, Roles: roles.map((role) => reference("Roles", role)) } },
    { method: "POST", url: `Users(${key})/BackendApi.ResetPassword`, body: { password, mustChange: true } },
  ]);
  return { name: user.Name.toLowerCase(), password };
}

export function NewUserPage() {
  const queries = useQueryClient();
  const [roles, setRoles] = useState<string[]>([]);
  const making = useMutation({
    mutationFn: (fields: FormData) => {
      const text = (name: string) => String(fields.get(name) ?? "").trim();
      return makeUser({ Name: text("name"), DisplayName: text("displayName") || null, Email: text("email") || null }, roles);
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["access"] }),
  });
  if (making.data)
    return (
      <Stack maw={640}>
        <Title order={1}>The user {making.data.name} is made</Title>
        <ShownOnce title="The first password" label="Password" secret={making.data.password}>
          <Text>The first sign-in asks for another one.</Text>
        </ShownOnce>
        <Group>
          <Button renderRoot={(props) => <Link {...props} to="/users/$name" params={{ name: making.data.name }} />}>Go on with {making.data.name}</Button>
          <Button variant="default" onClick={() => making.reset()}>
            Make another user
          </Button>
        </Group>
      </Stack>
    );
  return (
    <MakeForm title="New user" make="Make the user" onMake={(form) => making.mutate(form)} making={making} isChanged={roles.length > 0} list="/users">
      <TextInput label="Name" name="name" description="For the sign-in. The same whatever its case." required maxLength={128} autoComplete="off" />
      <TextInput label="Called" name="displayName" maxLength={256} autoComplete="off" />
      <TextInput label="Email" name="email" type="email" maxLength={256} autoComplete="off" />
      <RolesInput value={roles} onChange={setRoles} description="Without one there is nothing to see but one's own account." />
    </MakeForm>
  );
}
