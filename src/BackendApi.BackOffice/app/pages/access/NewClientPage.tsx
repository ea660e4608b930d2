import { Button, Group, Stack, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { OAuthClient } from "../../api/access";
import { make } from "../../api/entities";
import { clientBody, ClientForm, newClient } from "./ClientForm";
import { tokenCommand } from "./command";
import { MakeForm } from "./MakeForm";
import { ShownOnce } from "./ShownOnce";

export function NewClientPage() {
  const queries = useQueryClient();
  const [id, setId] = useState("");
  const [draft, setDraft] = useState(newClient);
  const making = useMutation({
    mutationFn: () => make<OAuthClient>("OAuthClients", { Id: id.trim(), ...clientBody(draft) }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["access"] }),
  });
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
    <MakeForm title="New OAuth client" make="Make the client" onMake={() => making.mutate()} making={making} isChanged={draft !== newClient} list="/clients">
      <TextInput label="Id" value={id} onChange={(event) => setId(event.currentTarget.value)} required maxLength={128} autoComplete="off" />
      <ClientForm draft={draft} onChange={setDraft} />
    </MakeForm>
  );
}

export function ShownSecret({ id, secret }: { id: string; secret: string }) {
  return <ShownOnce title="The secret" label="Client secret" secret={secret} command={tokenCommand(id, secret)} />;
}
