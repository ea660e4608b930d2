/** JSON with line breaks and indentation, and every literal as it was written. */
export function indented(json: string): string {
  let depth = 0;
  let text = "";
  const line = () => `\n${"  ".repeat(depth)}`;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g))
    if (token === "{" || token === "[") {
      depth++;
      text += token + line();
    } else if (token === "}" || token === "]") {
      depth--;
      // Nothing between them.
      text = /[{[]\s*$/.test(text) ? text.trimEnd() + token : text + line() + token;
    } else text += token === "," ? token + line() : token === ":" ? ": " : token;
  return text;
}
