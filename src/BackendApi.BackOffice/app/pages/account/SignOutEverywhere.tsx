import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { service } from "../../api/service";
import { forget } from "../../api/session";
import { Failure } from "../../shell/Outcomes";

export function SignOutEverywhere() {
  const queries = useQueryClient();
  const ending = useMutation({ mutationFn: () => service.SignOutEverywhere(), onSuccess: () => forget(queries) });
  return (
    <Stack align="start">
      <Text>Ends this session and all others, and every token. API keys that act for you stay good.</Text>
      {ending.error && <Failure error={ending.error} />}
      <Button variant="default" onClick={() => ending.mutate()} loading={ending.isPending}>
        Sign out everywhere
      </Button>
    </Stack>
  );
}
