import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Role } from "../../api/access";
import { make } from "../../api/entities";
import { MakeForm } from "./MakeForm";

export function NewRolePage() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: (fields: FormData) => make<Role>("Roles", { Name: String(fields.get("name")).trim(), Description: String(fields.get("description")).trim() || null }),
    onSuccess: async (role) => {
      await queries.invalidateQueries({ queryKey: ["access"] });
      await navigate({ to: "/roles/$name", params: { name: role.Name }, ignoreBlocker: true });
    },
  });
  return (
    <MakeForm title="New role" make="Make the role" onMake={(form) => making.mutate(form)} making={making} list="/roles">
      <TextInput label="Name" name="name" required maxLength={128} autoComplete="off" />
      <TextInput label="Description" name="description" maxLength={1000} autoComplete="off" />
    </MakeForm>
  );
}
