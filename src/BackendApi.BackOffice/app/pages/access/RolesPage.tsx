import { Badge } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Role } from "../../api/access";
import { AccessList } from "./AccessList";

const route = getRouteApi("/roles");
const list = { set: "Roles", key: "Name", text: ["Name", "Description"], expand: { Users: "$select=Name", ApiKeys: "$select=Name", OAuthClients: "$select=Id" } };

export function RolesPage() {
  const navigate = route.useNavigate();
  return (
    <AccessList<Role>
      title="Roles"
      about="Rights under a name. Users, API keys and OAuth clients have roles; nothing is granted otherwise."
      list={list}
      search={route.useSearch()}
      onSearch={(search) => void navigate({ search })}
      make={{ to: "/roles/new", label: "New role" }}
      nothing="There is no role that you may see."
      keyOf={(role) => role.Name}
      columns={[
        {
          title: "Role",
          cell: (role) => (
            <Link to="/roles/$name" params={{ name: role.Name }}>
              {role.Name}
            </Link>
          ),
        },
        { title: "Description", cell: (role) => role.Description },
        { title: "Rights", cell: (role) => (role.HasAllRights ? <Badge>All rights</Badge> : "As granted") },
        { title: "Users", cell: (role) => role.Users?.length ?? "–" },
        { title: "API keys", cell: (role) => role.ApiKeys?.length ?? "–" },
        { title: "OAuth clients", cell: (role) => role.OAuthClients?.length ?? "–" },
      ]}
    />
  );
}
