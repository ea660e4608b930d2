import { Badge } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ApiKey } from "../../api/access";
import { Moment } from "../../shell/Moment";
import { AccessList } from "./AccessList";
import { scopesInWords } from "./scopes";

const route = getRouteApi("/keys");
const list = { set: "ApiKeys", key: "Name", text: ["Name", "OwnerName"], expand: { Roles: "$select=Name;$orderby=Name", Owner: "$select=LockedAt" } };

export function KeysPage() {
  const navigate = route.useNavigate();
  return (
    <AccessList<ApiKey>
      title="API keys"
      about="Programs call with a key: Excel, Power BI, a connector, a script."
      list={list}
      search={route.useSearch()}
      onSearch={(search) => void navigate({ search })}
      make={{ to: "/keys/new", label: "New API key" }}
      nothing="There is no key yet. Make one for each program, so that each can be revoked alone."
      keyOf={(key) => key.Name}
      columns={[
        {
          title: "Key",
          cell: (key) => (
            <Link to="/keys/$name" params={{ name: key.Name }}>
              {key.Name}
            </Link>
          ),
        },
        { title: "Acts", cell: (key) => (key.OwnerName ? `for ${key.OwnerName}` : `as ${key.Roles?.map((role) => role.Name).join(", ") || "nobody: it has no role"}`) },
        { title: "May", cell: (key) => scopesInWords(key.Scopes) },
        { title: "From", cell: (key) => key.Addresses.join(", ") || "everywhere" },
        { title: "Each minute", cell: (key) => key.RequestsPerMinute?.toLocaleString() ?? "as set for all" },
        { title: "Expires", cell: (key) => (key.ValidTo ? <Moment at={key.ValidTo} /> : "never") },
        { title: "Last used", cell: (key) => (key.LastUsedAt ? <Moment at={key.LastUsedAt} /> : "not yet") },
        { title: "State", cell: (key) => <KeyState apiKey={key} /> },
      ]}
    />
  );
}

export function KeyState({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.ValidTo && Date.parse(apiKey.ValidTo) <= Date.now()) return <Badge color="gray.8">Expired</Badge>;
  if (apiKey.Owner?.LockedAt) return <Badge color="red.9">Owner is locked</Badge>;
  return <Badge>Active</Badge>;
}
