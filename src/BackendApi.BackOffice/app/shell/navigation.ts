import type { Model } from "../api/model";

interface Destination {
  to: string;
  label: string;
  group: "Service" | "Access" | "Operation";
  /** The entity set that the page is about: without the right to see it there is nothing to do there. */
  needs?: string;
}

/** The pages of the menu, in its order. */
const destinations = [
  { to: "/endpoints", label: "Endpoints", group: "Service", needs: "DataExchangeConfigurations" },
  { to: "/versions", label: "Versions", group: "Service", needs: "DataExchangeConfigurationVersions" },
  { to: "/transfer", label: "Export and import", group: "Service", needs: "DataExchangeConfigurations" },
  { to: "/explorer", label: "Explorer", group: "Service" },
  { to: "/data", label: "Data", group: "Service" },
  { to: "/users", label: "Users", group: "Access", needs: "Users" },
  { to: "/roles", label: "Roles", group: "Access", needs: "Roles" },
  { to: "/keys", label: "API keys", group: "Access", needs: "ApiKeys" },
  { to: "/clients", label: "OAuth clients", group: "Access", needs: "OAuthClients" },
  { to: "/activity", label: "Activity", group: "Operation", needs: "RequestStatistics" },
  { to: "/audit", label: "Audit log", group: "Operation", needs: "AuditEntries" },
  { to: "/state", label: "State", group: "Operation" },
  { to: "/settings", label: "Settings", group: "Operation", needs: "Settings" },
] as const satisfies readonly Destination[];

/** Those that the caller has a use for: the model holds only what the caller may see. */
export const destinationsIn = (model: Model) => destinations.filter((each) => ("needs" in each ? model.set(each.needs) !== undefined : model.sets.length > 0));

/** What an address leads to that the caller may not see; undefined where nothing is in the way. */
export function refusedAt(pathname: string, model: Model): Destination | undefined {
  const destination = destinations.find((each) => pathname === each.to || pathname.startsWith(`${each.to}/`));
  return destination && !destinationsIn(model).includes(destination) ? destination : undefined;
}
