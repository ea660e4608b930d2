import { Badge } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { OAuthClient } from "../../api/access";
import { Moment } from "../../shell/Moment";
import { AccessList } from "./AccessList";
import { scopesInWords } from "./scopes";

const route = getRouteApi("/clients");
const list = { set: "OAuthClients", key: "Id", text: ["Id", "Description"], expand: { Roles: "$select=Name;$orderby=Name" } };

export function ClientsPage() {
  const navigate = route.useNavigate();
  return (
    <AccessList<OAuthClient>
      title="OAuth clients"
      about="Programs that exchange an id and a secret for tokens at /token."
      list={list}
      search={route.useSearch()}
      onSearch={(search) => void navigate({ search })}
      make={{ to: "/clients/new", label: "New OAuth client" }}
      nothing="There is no client yet. Make one for a program that speaks OAuth 2.0; for others an API key is simpler."
      keyOf={(client) => client.Id}
      columns={[
        {
          title: "Client",
          cell: (client) => (
            <Link to="/clients/$id" params={{ id: client.Id }}>
              {client.Id}
            </Link>
          ),
        },
        { title: "Description", cell: (client) => client.Description },
        { title: "Roles", cell: (client) => client.Roles?.map((role) => role.Name).join(", ") },
        { title: "May", cell: (client) => scopesInWords(client.Scopes) },
        { title: "State", cell: (client) => <ClientState client={client} /> },
        { title: "Made", cell: (client) => <Moment at={client.CreatedAt} /> },
      ]}
    />
  );
}

export function ClientState({ client }: { client: OAuthClient }) {
  return client.LockedAt ? <Badge color="red.9">Locked</Badge> : <Badge>Active</Badge>;
}
