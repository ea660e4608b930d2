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
  responses: readonly { id: string; status: number; body?: { error?: { code: string; message: string; target?: string; details?: ServiceError["details"] } } }[];
}

/** What the service says of the change that stood in the way of all. */
export class ChangeSetError extends ServiceError {
  constructor(
    /** Which of the changes it was, from 0. */
    readonly place: number,
    ...said: ConstructorParameters<typeof ServiceError>
  ) {
    super(...said);
  }
}

/**
 * Sends changes of which all happen or none.
 * @throws {ChangeSetError} when none happened.
 */
export async function sendChangeSet(changes: readonly Change[]): Promise<void> {
  const requests = changes.map(({ method, url, etag, body }, place) => ({
    id: String(place),
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
  throw new ChangeSetError(Number(failed.id), failed.status, error?.code ?? String(failed.status), error?.message ?? `The service answered ${failed.status}.`, error?.target, error?.details);
}
