import { Badge, Button, Group, Select, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { ServiceError } from "../../api/http";
import { changeSetting, settingsQuery, type Setting } from "../../api/state";
import { Conflict, isConflict } from "../../shell/Conflict";
import { Failure, Pending } from "../../shell/Outcomes";
import { useMayAdminister } from "../access/useMayAdminister";
import classes from "./SettingsPage.module.css";

const route = getRouteApi("/settings");

/** What is in force, where it comes from, and what can be changed while the service runs. */
export function SettingsPage() {
  const { search = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const settings = useQuery(settingsQuery);
  const wanted = search.toLowerCase();
  const shown = settings.data?.filter((each) => `${each.Name} ${each.Description}`.toLowerCase().includes(wanted)) ?? [];
  return (
    <Stack>
      <Title order={1}>Settings</Title>
      <Text>What is changed here is in force on every node within two seconds, and told in the audit log. The others are read when the service starts: from files, the environment and the command line.</Text>
      <TextInput
        label="Search"
        type="search"
        maw={360}
        value={search}
        onChange={(event) => void navigate({ search: event.currentTarget.value ? { search: event.currentTarget.value } : {}, replace: true })}
      />
      {settings.error ? (
        <Failure error={settings.error} reset={() => void settings.refetch()} />
      ) : !settings.data ? (
        <Pending />
      ) : shown.length === 0 ? (
        <Text role="status">No setting is like “{search}”.</Text>
      ) : (
        [...new Set(shown.map(sectionOf))].map((section) => <Section key={section} title={section} settings={shown.filter((each) => sectionOf(each) === section)} />)
      )}
    </Stack>
  );
}

const sectionOf = (setting: Setting) => setting.Name.split(":")[0]!;

function Section({ title, settings }: { title: string; settings: readonly Setting[] }) {
  const mayChange = useMayAdminister();
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <Title order={2} size="h3">
        {title}
      </Title>
      <Table aria-label={`Settings of ${title}`} className={classes["settings"]}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Setting</Table.Th>
            <Table.Th>Value</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {settings.map((setting) => (
            <Table.Tr key={setting.Name}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                <Text fw={500}>{setting.Name}</Text>
                <Text size="sm" c="dimmed">
                  {inWords(setting.Description)}
                </Text>
              </Table.Td>
              <Table.Td>{mayChange && !setting.NeedsRestart ? <Editor key={setting["@odata.etag"]} setting={setting} /> : <Shown setting={setting} />}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** Descriptions are those of the reference, where names are marked and lead somewhere. */
const inWords = (description: string) => description.replaceAll("`", "").replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1");

function Shown({ setting }: { setting: Setting }) {
  return (
    <Stack gap={4}>
      <Text>{setting.Value ?? setting.Default}</Text>
      <Group gap="xs">
        <Source setting={setting} />
        {setting.NeedsRestart && (
          <Text size="xs" c="dimmed">
            Read at the start
          </Text>
        )}
      </Group>
    </Stack>
  );
}

const sources: Readonly<Record<string, string>> = {
  Host: "By the host",
  File: "appsettings.json",
  Environment: "Environment",
  CommandLine: "Command line",
  Changed: "Changed here",
};

function Source({ setting }: { setting: Setting }) {
  return setting.Source === "Default" ? (
    <Text size="xs" c="dimmed">
      Default
    </Text>
  ) : (
    <Badge color={setting.Source === "Changed" ? "teal.9" : "gray.8"}>{sources[setting.Source] ?? setting.Source}</Badge>
  );
}

function Editor({ setting }: { setting: Setting }) {
  const queries = useQueryClient();
  const stored = setting.Value ?? "";
  const [value, setValue] = useState(stored);
  const reload = () => queries.invalidateQueries({ queryKey: settingsQuery.queryKey });
  const saving = useMutation({ mutationFn: (wanted: string | null) => changeSetting(setting, wanted), onSuccess: reload });
  const choices = setting.Choices?.split(",") ?? (setting.Default === "true" || setting.Default === "false" ? ["true", "false"] : undefined);
  const mistake = saving.error instanceof ServiceError && saving.error.status === 400 ? saving.error.message : undefined;
  const field = { label: setting.Name, value, error: mistake, classNames: { label: classes["name"]! } };
  const number = setting.Least !== null && setting.Most !== null ? `${setting.Least.toLocaleString()} to ${setting.Most.toLocaleString()}${setting.Unit ? ` ${setting.Unit}` : ""}` : setting.Unit;
  return (
    <Stack gap={4} component="form" onSubmit={(event) => (event.preventDefault(), saving.mutate(value))}>
      {isConflict(saving.error) ? <Conflict what="this setting" onReload={() => void reload()} /> : saving.error && mistake === undefined && <Failure error={saving.error} />}
      {choices ? (
        <Select {...field} data={choices} allowDeselect={false} onChange={(chosen) => setValue(chosen ?? stored)} comboboxProps={{ withinPortal: false }} />
      ) : (
        <TextInput {...field} inputMode={setting.Least === null ? "text" : "numeric"} description={number} inputWrapperOrder={["label", "input", "description", "error"]} onChange={(event) => setValue(event.currentTarget.value)} />
      )}
      <Group gap="xs" mih={30}>
        <Source setting={setting} />
        {value !== stored && (
          <>
            <Button type="submit" size="compact-sm" loading={saving.isPending} aria-label={`Save ${setting.Name}`}>
              Save
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => (setValue(stored), saving.reset())} aria-label={`Leave ${setting.Name} as it is`}>
              Undo
            </Button>
          </>
        )}
        {value === stored && setting.Source === "Changed" && (
          <Button variant="default" size="compact-sm" loading={saving.isPending} onClick={() => saving.mutate(null)} aria-label={`Take the change of ${setting.Name} back`}>
            Take the change back
          </Button>
        )}
      </Group>
    </Stack>
  );
}
