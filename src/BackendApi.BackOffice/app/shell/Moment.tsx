/** An instant in the words of the reader's place; a dash for none. */
export function Moment({ at }: { at: string | null }) {
  return at === null ? <>–</> : <time dateTime={at}>{new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}</time>;
}
