/** The service's root: the application lives one level below it, wherever that is. */
export const serviceRoot = new URL("../", document.baseURI);

/** What the service says when it refuses: the one error shape of OData. */
export class ServiceError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly target?: string,
    readonly details: readonly { code: string; message: string; target?: string }[] = [],
  ) {
    super(message);
  }
}

let csrfToken = "";

/** Goes with every request: the service asks for it with changes, and offers no password window of the browser's where it is there. */
export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

export const csrfHeader = () => ({ "X-CSRF-Token": csrfToken });

const signedOutListeners = new Set<() => void>();

/** Calls back when the session has ended: it ran out, or somebody locked the user. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** One request to the service. Throws {@link ServiceError} for whatever is not a success. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(csrfHeader())) headers.set(name, value);
  if (!headers.has("Accept")) headers.set("Accept", "application/json");
  let response: Response;
  try {
    response = await fetch(new URL(path, serviceRoot), { ...init, headers });
  } catch (failure) {
    if (init.signal?.aborted) throw failure;
    throw new ServiceError(0, "Unreachable", "The service does not answer. Look whether it runs, and try again.");
  }
  if (response.ok) return response;
  if (response.status === 401) for (const listener of signedOutListeners) listener();
  throw await errorOf(response);
}

export async function read<T>(path: string, signal?: AbortSignal, headers: Readonly<Record<string, string>> = {}): Promise<T> {
  const response = await send(path, { headers, ...(signal ? { signal } : {}) });
  return (await response.json()) as T;
}

/** A page of a collection. How many it holds, the service says. */
export interface Page<T> {
  value: readonly T[];
  "@odata.nextLink"?: string | undefined;
}

/** Where the next page is: below the service's root as this page knows it, whatever name others know it by. */
export function nextOf({ "@odata.nextLink": next }: { "@odata.nextLink"?: string | undefined }): string | undefined {
  return next?.slice(next.split("?", 1)[0]!.lastIndexOf("/odata/") + 1);
}

/** The rows of a page and of all behind it. */
export async function allOf<T>(first: Page<T>, signal?: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<readonly T[]> {
  const rows = [...first.value];
  for (let page = first, next = nextOf(page); next; next = nextOf(page)) {
    page = await read<Page<T>>(next, signal, headers);
    rows.push(...page.value);
  }
  return rows;
}

export async function readAll<T>(path: string, signal?: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<readonly T[]> {
  return allOf(await read<Page<T>>(path, signal, headers), signal, headers);
}

/** As JSON.parse, but a number that JavaScript cannot hold as it was written is its text. */
export const parseExactly = (text: string): unknown => JSON.parse(text, exact as (key: string, value: unknown) => unknown);

function exact(_: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" && context?.source !== undefined && String(value) !== context.source ? context.source : value;
}

async function errorOf(response: Response): Promise<ServiceError> {
  const text = await response.text();
  try {
    const body = JSON.parse(text);
    // /session speaks OAuth 2.0.
    if (typeof body.error === "string") return new ServiceError(response.status, body.error, body.error_description);
    return new ServiceError(response.status, body.error.code, body.error.message, body.error.target, body.error.details);
  } catch {
    return new ServiceError(response.status, String(response.status), `The service answered ${response.status} ${response.statusText}.`);
  }
}
