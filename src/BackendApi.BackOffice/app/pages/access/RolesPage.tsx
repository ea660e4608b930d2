import { Badge } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Role } from "../../api/access";
import { AccessList } from "./AccessList";

const route = getRouteApi("/roles");
const counted = "$count=true;$top=0";
const list = { set: "Roles", key: "Name", text: ["Name", "Description"], expand: { Users: counted, ApiKeys: counted, OAuthClients: counted } };

/** How many have it, as far as the caller may know. */
interface Held extends Role {
  "Users@odata.count"?: number;
  "ApiKeys@odata.count"?: number;
  "OAuthClients@odata.count"?: number;
}

export function RolesPage() {
  const navigate = route.useNavigate();
  return (
    <AccessList<Held>
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
        { title: "Users", cell: (role) => role["Users@odata.count"]?.toLocaleString() ?? "–" },
        { title: "API keys", cell: (role) => role["ApiKeys@odata.count"]?.toLocaleString() ?? "–" },
        { title: "OAuth clients", cell: (role) => role["OAuthClients@odata.count"]?.toLocaleString() ?? "–" },
      ]}
    />
  );
}
