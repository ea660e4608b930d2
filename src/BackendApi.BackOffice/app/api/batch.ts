import { send, ServiceError } from "./http";

/** One request of a change set. */
export interface Change {
  method: "POST" | "PATCH" | "DELETE";
  /** Relative to the service's OData root. */
  url: string;
  etag?: string;
  body?: object;
}

interface BatchAnswer {
  responses: readonly { status: number; body?: { error?: { code: string; message: string; target?: string; details?: ServiceError["details"] } } }[];
}

/** Sends changes of which all happen or none. Throws what the service says of the one that stood in the way. */
export async function sendChangeSet(changes: readonly Change[]): Promise<void> {
  const requests = changes.map(({ method, url, etag, body }, index) => ({
    id: String(index + 1),
    atomicityGroup: "all",
    method,
    url,
    headers: { ...(etag ? { "if-match": etag } : {}), ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body } : {}),
  }));
  const response = await send("odata/$batch", { method: "POST", body: JSON.stringify({ requests }), headers: { "Content-Type": "application/json" } });
  const { responses } = (await response.json()) as BatchAnswer;
  // Those that only went down with it are 424.
  const failed = responses.find((each) => each.status >= 400 && each.status !== 424) ?? responses.find((each) => each.status >= 400);
  if (!failed) return;
  const error = failed.body?.error;
  throw new ServiceError(failed.status, error?.code ?? String(failed.status), error?.message ?? `The service answered ${failed.status}.`, error?.target, error?.details);
}
