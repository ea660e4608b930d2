import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/access";

/** Users, roles, keys and clients are changed by callers with all rights: to others they are shown, and nothing is offered that would be refused. */
export function useMayAdminister(): boolean {
  return useQuery(meQuery).data?.HasAllRights ?? false;
}
