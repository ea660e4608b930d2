import { Button, Group, Stack, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { make, type OAuthClient } from "../../api/access";
import { Failure } from "../../shell/Outcomes";
import { clientBody, ClientForm, newClient } from "./ClientForm";
import { tokenCommand } from "./command";
import { ShownOnce } from "./ShownOnce";

export function NewClientPage() {
  const queries = useQueryClient();
  const [id, setId] = useState("");
  const [draft, setDraft] = useState(newClient);
  const making = useMutation({
    mutationFn: () => make<OAuthClient>("OAuthClients", { Id: id.trim(), ...clientBody(draft) }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["access"] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    making.mutate();
  };
  if (making.data)
    return (
      <Stack maw={720}>
        <Title order={1}>The client {making.data.Id} is made</Title>
        <ShownSecret id={making.data.Id} secret={making.data["@BackendApi.ShownOnce"] ?? ""} />
        <Group>
          <Button renderRoot={(props) => <Link {...props} to="/clients/$id" params={{ id: making.data.Id }} />}>Go on with {making.data.Id}</Button>
        </Group>
      </Stack>
    );
  return (
    <form onSubmit={submit}>
      <Stack maw={720}>
        <Title order={1}>New OAuth client</Title>
        <TextInput label="Id" value={id} onChange={(event) => setId(event.currentTarget.value)} required maxLength={128} autoComplete="off" />
        <ClientForm draft={draft} onChange={setDraft} />
        {making.error && <Failure error={making.error} />}
        <Group>
          <Button type="submit" loading={making.isPending}>
            Make the client
          </Button>
          <Button variant="default" component={Link} to="/clients">
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function ShownSecret({ id, secret }: { id: string; secret: string }) {
  return <ShownOnce title="The secret" label="Client secret" secret={secret} command={tokenCommand(id, secret)} />;
}
