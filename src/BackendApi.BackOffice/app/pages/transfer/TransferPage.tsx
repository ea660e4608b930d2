import { Alert, Button, Checkbox, FileInput, Group, List, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { forgetPublished } from "../../api/configurations";
import { DocumentFormat, type ImportedConfiguration } from "../../api/service/BackOfficeModel";
import { exportDefinitions, importDefinitions } from "../../api/versions";
import { download } from "../../shell/download";
import { Failure } from "../../shell/Outcomes";
import { Changes } from "../versions/Changes";

/** All configurations as one file, and back. */
export function TransferPage() {
  return (
    <Stack>
      <Title order={1}>Export and import</Title>
      <Export />
      <Import />
    </Stack>
  );
}

function Export() {
  const exporting = useMutation({
    mutationFn: exportDefinitions,
    onSuccess: (text, format: DocumentFormat) => download(`endpoints.${format.toLowerCase()}`, text, format === DocumentFormat.Json ? "application/json" : "application/yaml"),
  });
  return (
    <>
      <Title order={2}>Export</Title>
      <Text>All endpoints in one file, which another server takes here, or at its start as a configuration file.</Text>
      <Group>
        {Object.values(DocumentFormat).map((format) => (
          <Button key={format} variant="default" onClick={() => exporting.mutate(format)} loading={exporting.isPending && exporting.variables === format}>
            Download {format.toUpperCase()}
          </Button>
        ))}
      </Group>
      {exporting.error && <Failure error={exporting.error} />}
    </>
  );
}

function Import() {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [replace, setReplace] = useState(false);
  const trying = useMutation({ mutationFn: async (asked: { file: File; replace: boolean }) => importDefinitions(await asked.file.text(), asked.replace, true) });
  const importing = useMutation({
    mutationFn: async (asked: { file: File; replace: boolean }) => importDefinitions(await asked.file.text(), asked.replace, false),
    onSuccess: () => forgetPublished(queries),
  });
  const preview = (asked: { file: File | null; replace: boolean }) => {
    setFile(asked.file);
    setReplace(asked.replace);
    importing.reset();
    if (asked.file) trying.mutate({ file: asked.file, replace: asked.replace });
    else trying.reset();
  };
  return (
    <>
      <Title order={2}>Import</Title>
      <FileInput label="File" description="JSON or YAML. You see what it changes before anything is published." placeholder="Choose a file" accept=".json,.yaml,.yml" maw={420} clearable value={file} onChange={(chosen) => preview({ file: chosen, replace })} />
      <Checkbox label="Delete the endpoints that the file does not have" checked={replace} onChange={(event) => preview({ file, replace: event.currentTarget.checked })} />
      {trying.error && <Failure error={trying.error} />}
      {trying.data && !importing.isSuccess && (
        <>
          <Imported configurations={trying.data} />
          {trying.data.length > 0 && (
            <Group>
              <Button onClick={() => file && importing.mutate({ file, replace })} loading={importing.isPending}>
                Publish
              </Button>
            </Group>
          )}
        </>
      )}
      {importing.error && <Failure error={importing.error} />}
      {importing.isSuccess && <Alert role="status">Published: {importing.data.length} endpoints have changed.</Alert>}
    </>
  );
}

function Imported({ configurations }: { configurations: readonly ImportedConfiguration[] }) {
  if (configurations.length === 0) return <Text role="status">The file says what is published already: nothing would change.</Text>;
  return (
    <List>
      {configurations.map((each) => (
        <List.Item key={each.Alias}>
          <Text component="span" fw={600}>
            {each.Alias}
          </Text>{" "}
          {each.Action.toLowerCase()}
          {each.Action === "Changed" && <Changes changes={each.Changes} />}
        </List.Item>
      ))}
    </List>
  );
}
