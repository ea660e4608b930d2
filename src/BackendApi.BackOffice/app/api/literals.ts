/** A text as it stands in expressions: a quote in it is doubled. */
export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** A value of a type as it stands in expressions and keys. Members of enumerations stand there like texts. */
export function literal({ type }: { type: string }, text: string): string {
  if (type === "Edm.String" || !type.startsWith("Edm.")) return quoted(text);
  if (type === "Edm.Binary") return `binary${quoted(text)}`;
  return type === "Edm.Duration" ? `duration${quoted(text)}` : text;
}
