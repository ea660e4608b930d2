import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { keepCsrfToken, read, send, serviceRoot } from "./http";

export interface Session {
  userName: string;
  expiresAt: string;
  csrfToken: string;
}

export interface Credentials {
  userName: string;
  password: string;
  newPassword?: string;
  otp?: string;
}

/** Whose session it is; null for nobody's. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }) => {
    const response = await send("session", { signal });
    return response.status === 204 ? null : kept((await response.json()) as Session);
  },
  staleTime: Infinity,
});

/** Where else one can sign in. */
export interface Provider {
  name: string;
  displayName: string;
}

export const providersQuery = queryOptions({
  queryKey: ["session", "providers"],
  queryFn: async ({ signal }) => (await read<{ providers: readonly Provider[] }>("session/providers", signal)).providers,
  staleTime: Infinity,
});

/** Leads to the provider's page, and from there back to where the browser is now. */
export const addressOf = (provider: Provider) => new URL(`session/providers/${encodeURIComponent(provider.name)}?returnTo=${encodeURIComponent(location.pathname + location.search)}`, serviceRoot).href;

export async function signIn({ userName, password, newPassword, otp }: Credentials): Promise<Session> {
  const form = new URLSearchParams({ username: userName, password });
  if (newPassword) form.set("new_password", newPassword);
  if (otp) form.set("otp", otp);
  const response = await send("session", { method: "POST", body: form });
  return kept((await response.json()) as Session);
}

export async function signOut(): Promise<void> {
  await send("session", { method: "DELETE" });
}

/** The session is over: nothing that the user has seen stays behind. */
export function forget(queries: QueryClient): void {
  queries.setQueryData(sessionQuery.queryKey, null);
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
}

function kept(session: Session): Session {
  keepCsrfToken(session.csrfToken);
  return session;
}
