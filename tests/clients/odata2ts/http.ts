import type { ODataHttpClient } from "@odata2ts/http-client-api";

/** The least that the generated client needs: it reads. */
export class Http implements ODataHttpClient {
  constructor(private readonly authorization: string) {}

  async get<T>(url: string) {
    const response = await fetch(url, { headers: { accept: "application/json", authorization: this.authorization } });
    const data = response.status === 204 ? undefined : await response.json();
    if (!response.ok) throw new Error(`GET ${url} answered ${response.status} ${JSON.stringify(data)}`);
    return { status: response.status, statusText: response.statusText, headers: {}, data: data as T };
  }

  post = refuse;
  put = refuse;
  patch = refuse;
  delete = refuse;
}

function refuse(): never {
  throw new Error("This client only reads.");
}
