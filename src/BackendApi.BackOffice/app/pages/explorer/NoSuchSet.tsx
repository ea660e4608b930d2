import { Alert } from "@mantine/core";
import { Link } from "@tanstack/react-router";

export function NoSuchSet({ name }: { name: string }) {
  return (
    <Alert color="yellow" title={`There is no entity set ${name}`}>
      It may have been deactivated, or your roles do not show it. <Link to="/explorer">The model</Link>
    </Alert>
  );
}
