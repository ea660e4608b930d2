import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ApiKey } from "../../api/access";
import { make } from "../../api/entities";
import { modelQuery } from "../../api/model";
import { keyCommandQuery } from "./command";
import { bodyOf, newKey } from "./keyDraft";
import { KeyForm } from "./KeyForm";
import { MakeForm } from "./MakeForm";
import { ShownOnce } from "./ShownOnce";

export function NewKeyPage() {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [draft, setDraft] = useState(newKey);
  const making = useMutation({
    mutationFn: () => make<ApiKey>("ApiKeys", { Name: name.trim(), ...bodyOf(draft) }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["access"] }),
  });
  if (making.data)
    return (
      <Stack maw={720}>
        <Title order={1}>The key {making.data.Name} is made</Title>
        <ShownKey name={making.data.Name} secret={making.data["@BackendApi.ShownOnce"] ?? ""} />
        <Group>
          <Button renderRoot={(props) => <Link {...props} to="/keys/$name" params={{ name: making.data.Name }} />}>Go on with {making.data.Name}</Button>
        </Group>
      </Stack>
    );
  return (
    <MakeForm title="New API key" make="Make the key" onMake={() => making.mutate()} making={making} isChanged={draft !== newKey} list="/keys">
      <TextInput label="Name" description="Of the program that calls with it." value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={128} autoComplete="off" />
      <KeyForm draft={draft} onChange={setDraft} />
    </MakeForm>
  );
}

export function ShownKey({ name, secret }: { name: string; secret: string }) {
  const queries = useQueryClient();
  const { data: model } = useSuspenseQuery(modelQuery);
  const command = useQuery(keyCommandQuery(queries, model, name, secret));
  return (
    <ShownOnce title="The key" label="API key" secret={secret} command={command.data}>
      <Text size="sm">In Excel and Power BI: the feed&apos;s address, Basic, an empty user, and the key as the password.</Text>
    </ShownOnce>
  );
}
