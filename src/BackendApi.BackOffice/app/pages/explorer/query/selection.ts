/** What is shown of an entity: $select and $expand as a tree. */
export interface Selection {
  /** Empty for all properties. */
  select: readonly string[];
  expand: readonly Expansion[];
}

export interface Expansion extends Selection {
  name: string;
  /** The other options of the item, by their names without the dollar sign. */
  options: Readonly<Record<string, string>>;
}

/** Null for what a tree of check boxes cannot show: casts, counts, references, wildcards. */
export function selectionOf(select: string, expand: string): Selection | null {
  const names = split(select, ",");
  const expansions = split(expand, ",").map(expansionOf);
  if (!names.every(isName) || !expansions.every((expansion) => expansion !== null)) return null;
  return { select: names, expand: expansions };
}

export function selectText({ select }: Selection): string {
  return select.join(",");
}

export function expandText({ expand }: Selection): string {
  return expand
    .map((expansion) => {
      const parts = [
        ...(expansion.select.length > 0 ? [`$select=${selectText(expansion)}`] : []),
        ...(expansion.expand.length > 0 ? [`$expand=${expandText(expansion)}`] : []),
        ...Object.entries(expansion.options).flatMap(([name, value]) => (value ? [`$${name}=${value}`] : [])),
      ];
      return parts.length > 0 ? `${expansion.name}(${parts.join(";")})` : expansion.name;
    })
    .join(",");
}

function expansionOf(text: string): Expansion | null {
  const open = text.indexOf("(");
  const name = open < 0 ? text : text.slice(0, open);
  if (!isName(name) || (open >= 0 && !text.endsWith(")"))) return null;
  const options: Record<string, string> = {};
  for (const option of open < 0 ? [] : split(text.slice(open + 1, -1), ";")) {
    const [, key, value] = /^\$?(\w+)=(.*)$/s.exec(option) ?? [];
    if (key === undefined || value === undefined) return null;
    options[key.toLowerCase()] = value;
  }
  const { select = "", expand = "", ...others } = options;
  const nested = selectionOf(select, expand);
  return nested && { name, ...nested, options: others };
}

const isName = (text: string) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text);

/** Parts between separators that stand neither in a text nor in parentheses. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(/'(?:[^']|'')*'?|./gs)) {
    if (mark === "(") depth++;
    else if (mark === ")") depth--;
    else if (mark === separator && depth === 0) {
      parts.push(text.slice(from, index));
      from = index + 1;
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim()).filter((part) => part !== "");
}
