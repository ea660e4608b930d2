import { Button, Group, Stack, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { make, type Role } from "../../api/access";
import { Failure } from "../../shell/Outcomes";

export function NewRolePage() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: (fields: FormData) => make<Role>("Roles", { Name: String(fields.get("name")).trim(), Description: String(fields.get("description")).trim() || null }),
    onSuccess: async (role) => {
      await queries.invalidateQueries({ queryKey: ["access"] });
      await navigate({ to: "/roles/$name", params: { name: role.Name } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    making.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <Title order={1}>New role</Title>
        <TextInput label="Name" name="name" required maxLength={128} autoComplete="off" />
        <TextInput label="Description" name="description" maxLength={1000} autoComplete="off" />
        {making.error && <Failure error={making.error} />}
        <Group>
          <Button type="submit" loading={making.isPending}>
            Make the role
          </Button>
          <Button variant="default" component={Link} to="/roles">
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
