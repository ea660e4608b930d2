import { Alert, Anchor, List, Stack, Text } from "@mantine/core";
import { ServiceError } from "../../../api/http";
import type { Mistakes } from "./mistakes";
import type { TrialState } from "./useTrial";

interface SummaryProps {
  mistakes: Mistakes;
  refusal: Error | null;
  trial: TrialState;
  onGo: (path: string) => void;
}

/** All that is wrong, each a way to its place. */
export function MistakeSummary({ mistakes, refusal, trial, onGo }: SummaryProps) {
  const failure = refusal ?? trial.error;
  if (mistakes.count === 0 && failure) {
    return (
      <Alert color="red" role="alert" title={refusal ? "This was not saved" : "This could not be looked at"}>
        {failure.message} {failure instanceof ServiceError && <Text span size="sm" c="dimmed">{failure.code}</Text>}
      </Alert>
    );
  }
  if (mistakes.count === 0) return null;
  const title = mistakes.count === 1 ? "One mistake keeps this from being published" : `${mistakes.count} mistakes keep this from being published`;
  return (
    <Alert color="red" role={refusal ? "alert" : "status"} title={title}>
      <Stack gap="xs">
        <List size="sm">
          {mistakes.own.map(({ path, message }) => (
            <List.Item key={`${path} ${message}`}>
              {path && (
                <>
                  <Anchor component="button" type="button" size="sm" c="inherit" underline="always" onClick={() => onGo(path)}>
                    {path}
                  </Anchor>
                  {": "}
                </>
              )}
              {message.split("\n", 1)[0]}
            </List.Item>
          ))}
          {mistakes.others.map(({ Alias, Path, Message }) => (
            <List.Item key={`${Alias} ${Path} ${Message}`}>
              In the endpoint {Alias}, {Path}: {Message.split("\n", 1)[0]}
            </List.Item>
          ))}
        </List>
      </Stack>
    </Alert>
  );
}
