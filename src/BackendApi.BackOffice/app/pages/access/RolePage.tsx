import { Alert, List, Stack, Switch, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { entityQuery, permissionsQuery, type Permission, type Role } from "../../api/access";
import { sendChangeSet } from "../../api/batch";
import { entity, remove, type Stored } from "../../api/entities";
import { ServiceError } from "../../api/http";
import { modelQuery } from "../../api/model";
import { Confirm } from "../../shell/Confirm";
import { isConflict } from "../../shell/Conflict";
import { SaveBar } from "../../shell/SaveBar";
import { PermissionDrawer } from "./PermissionDrawer";
import { PermissionGrid } from "./PermissionGrid";
import { changesOf, grantsOf, subjectsOf, type Grants } from "./permissions";
import classes from "./RolePage.module.css";
import { useMayAdminister } from "./useMayAdminister";

const route = getRouteApi("/roles/$name");
const expand = { Users: "$select=Name;$orderby=Name", ApiKeys: "$select=Name;$orderby=Name", OAuthClients: "$select=Id;$orderby=Id" };

export function RolePage() {
  const { name } = route.useParams();
  const { data: model } = useSuspenseQuery(modelQuery);
  const { data: role, dataUpdatedAt } = useSuspenseQuery(entityQuery<Role>(model, "Roles", name, expand));
  const { data: stored, dataUpdatedAt: readAt } = useSuspenseQuery(permissionsQuery(name));
  return <Editor key={`${dataUpdatedAt} ${readAt}`} role={role} stored={stored} />;
}

function Editor({ role, stored }: { role: Stored<Role>; stored: readonly Stored<Permission>[] }) {
  const { search = "", set } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: model } = useSuspenseQuery(modelQuery);
  const mayAdminister = useMayAdminister();
  const queries = useQueryClient();
  const [description, setDescription] = useState(role.Description ?? "");
  const [hasAllRights, setHasAllRights] = useState(role.HasAllRights);
  const [granted, setGranted] = useState<Grants>(() => grantsOf(stored));
  const subjects = subjectsOf(model, stored);

  const changes = changesOf(role.Name, stored, granted);
  const isRoleChanged = description !== (role.Description ?? "") || hasAllRights !== role.HasAllRights;
  const reload = () => queries.invalidateQueries({ queryKey: ["access"] });
  const saving = useMutation({
    mutationFn: () =>
      sendChangeSet([
        ...(isRoleChanged
          ? [{ method: "PATCH" as const, url: entity("Roles", role.Name).slice("odata/".length), etag: role["@odata.etag"], body: { Description: description.trim() || null, HasAllRights: hasAllRights } }]
          : []),
        ...changes,
      ]),
    onSuccess: reload,
  });
  // What was not there is there by now: another administrator has granted something.
  const isOutdated = isConflict(saving.error) || (saving.error instanceof ServiceError && saving.error.status === 409 && saving.error.code !== "Conflict");
  const mistake = saving.error instanceof ServiceError && !isOutdated ? saving.error.details.find((detail) => detail.target?.endsWith("RowFilter"))?.message : undefined;

  return (
    <Stack>
      <Title order={1}>{role.Name}</Title>
      <TextInput label="Description" maw={720} maxLength={1000} value={description} disabled={!mayAdminister} onChange={(event) => setDescription(event.currentTarget.value)} />
      <Switch label="All rights on everything" checked={hasAllRights} disabled={!mayAdminister} onChange={(event) => setHasAllRights(event.currentTarget.checked)} />
      <Holders role={role} />
      {hasAllRights ? (
        <Alert color="gray">The role has all rights, also those to give rights. What is granted on single sets would add nothing.</Alert>
      ) : (
        <PermissionGrid
          subjects={subjects}
          value={granted}
          onChange={setGranted}
          search={search}
          onSearch={(wanted) => void navigate({ search: wanted ? { search: wanted } : {}, replace: true })}
          onOpen={(opened) => void navigate({ search: (current) => ({ ...current, set: opened }) })}
          isDisabled={!mayAdminister}
        />
      )}
      <PermissionDrawer
        permission={set === undefined ? undefined : granted.get(set)}
        model={model}
        mistake={mistake}
        onChange={(permission) => setGranted(new Map(granted).set(permission.EntitySet, permission))}
        onClose={() => void navigate({ search: search ? { search } : {} })}
      />
      {mayAdminister && (
        <div className={classes["actions"]}>
          <SaveBar saving={saving} isChanged={changes.length > 0 || isRoleChanged} isOutdated={isOutdated} what="this role" onReload={() => void reload()}>
            <DeleteRole role={role} />
          </SaveBar>
        </div>
      )}
    </Stack>
  );
}

/** Who has the role. */
function Holders({ role }: { role: Role }) {
  const { Users: users = [], ApiKeys: keys = [], OAuthClients: clients = [] } = role;
  if (users.length + keys.length + clients.length === 0) return <Text c="dimmed">Nobody has the role yet: it is given to users, API keys and OAuth clients on their pages.</Text>;
  return (
    <Text component="div">
      Had by{" "}
      <List listStyleType="none" display="inline" aria-label="Who has the role">
        {users.map(({ Name }) => (
          <List.Item key={`u ${Name}`} display="inline" mr="sm">
            <Link to="/users/$name" params={{ name: Name }}>
              {Name}
            </Link>
          </List.Item>
        ))}
        {keys.map(({ Name }) => (
          <List.Item key={`k ${Name}`} display="inline" mr="sm">
            <Link to="/keys/$name" params={{ name: Name }}>
              the key {Name}
            </Link>
          </List.Item>
        ))}
        {clients.map(({ Id }) => (
          <List.Item key={`c ${Id}`} display="inline" mr="sm">
            <Link to="/clients/$id" params={{ id: Id }}>
              the client {Id}
            </Link>
          </List.Item>
        ))}
      </List>
    </Text>
  );
}

function DeleteRole({ role }: { role: Role }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const holders = [...(role.Users ?? []).map((each) => each.Name), ...(role.ApiKeys ?? []).map((each) => `the key ${each.Name}`), ...(role.OAuthClients ?? []).map((each) => `the client ${each.Id}`)];
  return (
    <Confirm
      label="Delete"
      question={`Delete the role ${role.Name}?`}
      isDangerous
      act={async () => {
        await remove(entity("Roles", role.Name));
        await navigate({ to: "/roles", ignoreBlocker: true });
        await queries.invalidateQueries({ queryKey: ["access"] });
      }}
    >
      <Text>{holders.length > 0 ? `What it grants is taken from ${holders.join(", ")}.` : "Nobody has it."}</Text>
    </Confirm>
  );
}
