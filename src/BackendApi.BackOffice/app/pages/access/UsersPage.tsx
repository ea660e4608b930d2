import { Badge } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { User } from "../../api/access";
import { Moment } from "../../shell/Moment";
import { AccessList } from "./AccessList";

const route = getRouteApi("/users");
const list = { set: "Users", key: "Name", text: ["Name", "DisplayName", "Email"], expand: { Roles: "$select=Name;$orderby=Name" } };

export function UsersPage() {
  const navigate = route.useNavigate();
  return (
    <AccessList<User>
      title="Users"
      about="Who signs in with a name and a password."
      list={list}
      search={route.useSearch()}
      onSearch={(search) => void navigate({ search })}
      make={{ to: "/users/new", label: "New user" }}
      nothing="There is no user that you may see."
      keyOf={(user) => user.Name}
      columns={[
        {
          title: "Name",
          cell: (user) => (
            <Link to="/users/$name" params={{ name: user.Name }}>
              {user.Name}
            </Link>
          ),
        },
        { title: "Called", cell: (user) => user.DisplayName },
        { title: "Email", cell: (user) => user.Email },
        { title: "Roles", cell: (user) => user.Roles?.map((role) => role.Name).join(", ") },
        { title: "State", cell: (user) => <UserState user={user} /> },
        { title: "Last sign-in", cell: (user) => <Moment at={user.LastSignInAt} /> },
      ]}
    />
  );
}

export function UserState({ user }: { user: User }) {
  if (user.LockedAt) return <Badge color="red.9">Locked</Badge>;
  if (user.LockedUntil && Date.parse(user.LockedUntil) > Date.now()) return <Badge color="orange.9">Too many wrong passwords</Badge>;
  return <Badge>Active</Badge>;
}
