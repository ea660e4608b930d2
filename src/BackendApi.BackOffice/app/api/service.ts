import type { HttpResponseModel, ODataHttpClient } from "@odata2ts/http-client-api";
import { send } from "./http";
import { BackOfficeService } from "./service/BackOfficeService";

/** What goes with one request beside its address and body. */
export interface RequestOptions {
  signal?: AbortSignal;
  /** The state that the client has seen: a change of another one is refused with 412. */
  ifMatch?: string;
  /** `return=representation`: the answer of a change shows what is stored now; `validate-only`: nothing is changed. */
  prefer?: "return=representation" | "validate-only";
  /** The most rows of a page; the next one has an address. */
  maxPageSize?: number;
}

class ServiceClient implements ODataHttpClient<RequestOptions> {
  get<T>(url: string, options?: RequestOptions) {
    return answer<T>("GET", url, undefined, options);
  }

  post<T>(url: string, body: unknown, options?: RequestOptions) {
    return answer<T>("POST", url, body, options);
  }

  put<T>(url: string, body: unknown, options?: RequestOptions) {
    return answer<T>("PUT", url, body, options);
  }

  patch<T>(url: string, body: unknown, options?: RequestOptions) {
    return answer<T>("PATCH", url, body, options);
  }

  delete(url: string, options?: RequestOptions) {
    return answer<void>("DELETE", url, undefined, options);
  }
}

async function answer<T>(method: string, url: string, body: unknown, options: RequestOptions = {}): Promise<HttpResponseModel<T>> {
  const headers = new Headers();
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (options.ifMatch) headers.set("If-Match", options.ifMatch);
  if (options.prefer) headers.append("Prefer", options.prefer);
  if (options.maxPageSize) headers.append("Prefer", `maxpagesize=${options.maxPageSize}`);
  const response = await send(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(options.signal ? { signal: options.signal } : {}) });
  const text = await response.text();
  return { status: response.status, statusText: response.statusText, headers: Object.fromEntries(response.headers), data: (text ? JSON.parse(text) : undefined) as T };
}

/** The admin resources as their $metadata declares them. Endpoints that an administrator published are read by their names (rows.ts). */
export const service = new BackOfficeService(new ServiceClient(), "odata");
