import { MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { namesQuery } from "../../api/access";

interface RolesInputProps {
  value: readonly string[];
  onChange: (roles: string[]) => void;
  description: string;
  disabled?: boolean;
}

export function RolesInput({ value, onChange, description, disabled = false }: RolesInputProps) {
  const names = useQuery(namesQuery("Roles"));
  return (
    <MultiSelect
      label="Roles"
      description={description}
      // What it has stays there while the others are read.
      data={[...(names.data ?? value)]}
      value={[...value]}
      onChange={onChange}
      disabled={disabled}
      error={names.error?.message}
      searchable
      nothingFoundMessage="No role is like that"
    />
  );
}
