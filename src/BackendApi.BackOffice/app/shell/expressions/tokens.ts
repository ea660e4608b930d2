export type TokenKind = "word" | "text" | "number" | "mark";

export interface Token {
  kind: TokenKind;
  text: string;
  from: number;
  to: number;
  /** A text without its closing quote. */
  isOpen?: boolean;
}

/** A text in quotes, in which a quote is doubled; a number or what begins like one (dates, instants, guids); a word, with the prefix of variables, aliases and options; a mark. */
const pattern = /(?<text>'(?:[^']|'')*(?<closed>'?))|(?<number>\d[\w.:+-]*)|(?<word>[$@]?[\p{L}_][\p{L}\p{N}_.]*|[$@])|(?<mark>[^\s])/gu;

/** The words of an expression, as far as completion and colours need them. Whether they make sense, the service says. */
export function tokensOf(expression: string): Token[] {
  return [...expression.matchAll(pattern)].map(({ 0: text, index, groups }) => {
    const kind = (["text", "number", "word"] as const).find((kind) => groups![kind] !== undefined) ?? "mark";
    return { kind, text, from: index, to: index + text.length, ...(kind === "text" && !groups!["closed"] ? { isOpen: true } : {}) };
  });
}
