import { send } from "./http";
import { quoted } from "./literals";

/** An entity with the state that the client has seen of it: a change of another one is refused. */
export type Stored<T> = T & { "@odata.etag": string };

/** A text as a key in an address. */
export const keyText = (text: string) => encodeURIComponent(quoted(text));

/** The address of an entity whose key is one text. */
export const entity = (set: string, key: string) => `odata/${set}(${keyText(key)})`;

/** The entity in a body, as what it is related to. */
export const reference = (set: string, key: string) => ({ "@odata.id": `${set}(${keyText(key)})` });

const json = { "Content-Type": "application/json" };

/** @returns What the service stored, with the secret that it shows only now. */
export async function make<T>(set: string, body: object): Promise<T & { "@BackendApi.ShownOnce"?: string }> {
  return (await (await send(`odata/${set}`, { method: "POST", body: JSON.stringify(body), headers: json })).json()) as T & { "@BackendApi.ShownOnce"?: string };
}

export async function change(address: string, etag: string, body: object): Promise<void> {
  await send(address, { method: "PATCH", body: JSON.stringify(body), headers: { ...json, "If-Match": etag, Prefer: "return=minimal" } });
}

export async function remove(address: string): Promise<void> {
  await send(address, { method: "DELETE" });
}
