import type { ApiKey } from "../../api/access";
import { reference } from "../../api/entities";
import { unlimited } from "./scopes";

/** A key as it is edited. */
export interface KeyDraft {
  /** It acts for a user, or has roles of its own. */
  acts: "user" | "roles";
  owner: string | null;
  roles: readonly string[];
  scopes: readonly string[];
  addresses: readonly string[];
  requestsPerMinute: number | null;
  /** A day of the calendar, on which it expires; empty for never. */
  validTo: string;
}

export const newKey: KeyDraft = { acts: "roles", owner: null, roles: [], scopes: ["*:read"], addresses: [], requestsPerMinute: null, validTo: "" };

export const draftOfKey = (key: ApiKey): KeyDraft => ({
  acts: key.OwnerName === null ? "roles" : "user",
  owner: key.OwnerName,
  roles: key.Roles?.map((role) => role.Name) ?? [],
  scopes: key.Scopes,
  addresses: key.Addresses,
  requestsPerMinute: key.RequestsPerMinute,
  validTo: key.ValidTo ? dayOf(new Date(key.ValidTo)) : "",
});

/** What the service is told. A day that was left as it is keeps its hour. */
export const bodyOf = (draft: KeyDraft, stored?: ApiKey) => ({
  OwnerName: draft.acts === "user" ? draft.owner : null,
  Roles: draft.acts === "roles" ? draft.roles.map((role) => reference("Roles", role)) : [],
  Scopes: draft.scopes.length > 0 ? draft.scopes : unlimited,
  Addresses: draft.addresses,
  RequestsPerMinute: draft.requestsPerMinute,
  ValidTo: !draft.validTo ? null : stored?.ValidTo && dayOf(new Date(stored.ValidTo)) === draft.validTo ? stored.ValidTo : new Date(`${draft.validTo}T00:00:00`).toISOString(),
});

function dayOf(at: Date): string {
  return [String(at.getFullYear()), String(at.getMonth() + 1).padStart(2, "0"), String(at.getDate()).padStart(2, "0")].join("-");
}
