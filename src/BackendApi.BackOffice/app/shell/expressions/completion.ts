import { literal, quoted } from "../../api/literals";
import type { Model, Navigation, Property } from "../../api/model";
import { tokensOf, type Token } from "./tokens";

/** Which option an expression is of. A row filter and a rule are filters. */
export type Language = "filter" | "orderby" | "compute" | "apply";

/** What an expression can speak of. */
export interface Scope {
  model: Model;
  type: Members;
  /** Names besides the members of the type: aliases of $compute and $apply, claims of a row filter. */
  names?: readonly string[];
}

export interface Members {
  properties: readonly Property[];
  navigations: readonly Navigation[];
}

export interface Suggestion {
  text: string;
  kind: "property" | "navigation" | "variable" | "operator" | "function" | "value" | "transformation";
  detail?: string;
  description?: string;
  /** Stands behind the text when it is taken, and behind the cursor. */
  close?: string;
}

export interface Suggestions {
  /** Where the text begins that a suggestion replaces. */
  from: number;
  options: readonly Suggestion[];
}

/** What a pair of parentheses, or the expression itself, is about. */
interface Frame {
  role: "expression" | "order" | "computed" | "aggregated" | "transformations" | "grouping" | "related" | "options";
  /** What the first argument is, where the second is something else. */
  next?: Frame["role"];
  type: Members;
  variables: ReadonlyMap<string, Members>;
  /** The first word behind the parenthesis names a variable of this type. */
  binds?: Members;
}

const roles: Record<Language, Frame["role"]> = { filter: "expression", orderby: "order", compute: "computed", apply: "transformations" };

/** Of the transformations that do not take an expression. */
const argumentsOf: Record<string, Pick<Frame, "role" | "next">> = {
  aggregate: { role: "aggregated" },
  groupby: { role: "grouping", next: "transformations" },
  compute: { role: "computed" },
  orderby: { role: "order" },
  concat: { role: "transformations" },
  join: { role: "related", next: "transformations" },
  outerjoin: { role: "related", next: "transformations" },
};

const nothing: Members = { properties: [], navigations: [] };
const comparisons = ["eq", "ne", "gt", "ge", "lt", "le", "in", "has"];
const logic = ["and", "or"];
const arithmetic = ["add", "sub", "mul", "div", "divby", "mod"];
const operators = new Set([...comparisons, ...logic, ...arithmetic, "not"]);
const methods = ["sum", "average", "min", "max", "countdistinct"];
const connectives = new Set(["as", "with", "from", "asc", "desc"]);
const constants: Record<string, readonly string[]> = { "Edm.Boolean": ["true", "false"] };

/** What can be written at the end of a text. */
export function suggest(before: string, language: Language, scope: Scope): Suggestions | null {
  const tokens = tokensOf(before);
  const last = tokens.at(-1);
  const isTyping = last?.kind === "word" && last.to === before.length;
  const typed = isTyping || last?.isOpen ? last : undefined;
  if (last?.kind === "number" && last.to === before.length) return null;

  const rest = typed ? tokens.slice(0, -1) : tokens;
  const frame = frameAt(rest, { role: roles[language], type: scope.type, variables: new Map() }, scope);
  const from = typed?.from ?? before.length;
  const options = optionsAt(rest, frame, scope);
  return { from, options: typed?.isOpen ? options.filter((option) => option.text.startsWith("'")) : options };
}

/** The innermost parenthesis that is open behind the tokens. */
function frameAt(tokens: readonly Token[], outermost: Frame, scope: Scope): Frame {
  const frames = [outermost];
  tokens.forEach(({ text, kind }, at) => {
    const frame = frames.at(-1)!;
    if (text === "(") frames.push(frameOf(tokens, at, frame, scope));
    else if (text === ")") frames.length > 1 && frames.pop();
    else if (text === "," && frame.next) frames[frames.length - 1] = { ...frame, role: frame.next };
    else if (text === ":" && frame.binds && tokens[at - 1]) frames[frames.length - 1] = { ...frame, variables: new Map([...frame.variables, [tokens[at - 1]!.text, frame.binds]]) };
    else if (kind === "word" && frame.role === "options" && /^\$?(filter|orderby)$/i.test(text)) frames[frames.length - 1] = { ...frame, role: /filter/i.test(text) ? "expression" : "order" };
    else if (text === ";" && frame.next === undefined && frames.length > 1) frames[frames.length - 1] = { ...frame, role: "options" };
  });
  return frames.at(-1)!;
}

function frameOf(tokens: readonly Token[], at: number, frame: Frame, scope: Scope): Frame {
  const name = tokens[at - 1]?.kind === "word" ? tokens[at - 1]!.text : "";
  const inner = { type: frame.type, variables: frame.variables };
  if (frame.role === "transformations") return { ...inner, ...(argumentsOf[name] ?? { role: "expression" }) };
  if (/^(any|all)$/i.test(name)) return { ...inner, role: "expression", binds: pathBefore(tokens, at - 1, frame, scope)?.type ?? nothing };
  if (/^\$count$/i.test(name)) return { type: pathBefore(tokens, at - 1, frame, scope)?.type ?? nothing, variables: new Map(), role: "options" };
  if (frame.role === "grouping" || frame.role === "aggregated") {
    const led = name ? pathBefore(tokens, at, frame, scope)?.type : undefined;
    return { ...inner, ...(led && { type: led }), role: frame.role };
  }
  return { ...inner, role: "expression" };
}

interface Led {
  /** Null for a primitive value. */
  type: Members | null;
  isCollection: boolean;
  property?: Property;
}

/** Where the path leads that ends before a token; undefined when there is none. */
function pathBefore(tokens: readonly Token[], end: number, frame: Frame, scope: Scope): Led | undefined {
  let start = end;
  if (tokens[start - 1]?.text === "/") start--;
  const last = start;
  while (tokens[start - 1]?.kind === "word" && tokens[start - 2]?.text === "/") start -= 2;
  if (tokens[start - 1]?.kind !== "word") return undefined;
  start--;
  let led: Led | undefined;
  for (let at = start; at < last; at += 2) {
    const name = tokens[at]!.text;
    led = at === start ? first(name, frame, scope) : step(led, name, scope);
    if (!led) return undefined;
  }
  return led;
}

function first(name: string, frame: Frame, scope: Scope): Led | undefined {
  if (name === "$it") return { type: scope.type, isCollection: false };
  if (name === "$this") return { type: frame.type, isCollection: false };
  const variable = frame.variables.get(name);
  return variable ? { type: variable, isCollection: false } : step({ type: frame.type, isCollection: false }, name, scope);
}

function step(led: Led | undefined, name: string, scope: Scope): Led | undefined {
  const navigation = led?.type?.navigations.find((each) => each.name === name);
  if (navigation) return { type: scope.model.type(navigation.type) ?? nothing, isCollection: navigation.isCollection };
  const property = led?.type?.properties.find((each) => each.name === name);
  if (property) return { type: scope.model.type(property.type) ?? null, isCollection: property.isCollection, property };
  // A cast.
  const type = name.includes(".") ? scope.model.type(name) : undefined;
  return type && led ? { type, isCollection: led.isCollection } : undefined;
}

function optionsAt(tokens: readonly Token[], frame: Frame, scope: Scope): Suggestion[] {
  const last = tokens.at(-1);
  if (last?.text === "/") {
    if (frame.role === "transformations" && tokens.at(-2)?.text === ")") return transformations(scope);
    const led = pathBefore(tokens, tokens.length - 1, frame, scope);
    return led ? behind(led, frame) : [];
  }
  if (frame.role === "options") return ["$filter", "$search"].map((text) => ({ text, kind: "operator", close: "=" }));
  if (frame.role === "transformations") return isOperand(last) ? [] : transformations(scope);
  if (frame.binds && last?.text === "(") return [{ text: variableFor(frame), kind: "variable", detail: "a name for the entity at hand", close: ":" }];
  if (/^(as)$/i.test(last?.text ?? "")) return [];
  if (frame.role === "aggregated" && /^with$/i.test(last?.text ?? "")) return methods.map((text) => ({ text, kind: "function" }));
  if (last && isOperand(last)) return continuations(tokens, frame);

  const compared = comparedWith(tokens, frame, scope);
  if (frame.role === "related") return frame.type.navigations.filter((each) => each.isCollection).map(navigated);
  return [...compared, ...members(frame, scope), ...(frame.role === "grouping" ? [{ text: "rollup", kind: "function", close: "(" } as const] : functions(scope))];
}

/** An operator can follow: a value, a path, a closed parenthesis. */
function isOperand(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === "mark") return token.text === ")";
  return token.kind !== "word" || (!operators.has(token.text.toLowerCase()) && !connectives.has(token.text.toLowerCase())) || /^(asc|desc)$/i.test(token.text);
}

function behind(led: Led, frame: Frame): Suggestion[] {
  const count: Suggestion = { text: "$count", kind: "function", detail: "how many" };
  if (led.isCollection && frame.role !== "aggregated" && frame.role !== "grouping")
    return [
      { text: "any", kind: "function", detail: "at least one", close: "(" },
      { text: "all", kind: "function", detail: "each one", close: "(" },
      count,
    ];
  return led.type ? [...led.type.properties.map(property), ...led.type.navigations.map(navigated), ...(led.isCollection ? [count] : [])] : [];
}

function members(frame: Frame, scope: Scope): Suggestion[] {
  return [
    ...[...frame.variables.keys()].map((text): Suggestion => ({ text, kind: "variable", close: "/" })),
    ...frame.type.properties.map(property),
    ...frame.type.navigations.map(navigated),
    ...(scope.names ?? []).map((text): Suggestion => ({ text, kind: "variable" })),
    ...(frame.role === "aggregated" ? [{ text: "$count", kind: "function", detail: "how many" } as const] : []),
  ];
}

/** Values that the operand before a comparison takes. */
function comparedWith(tokens: readonly Token[], frame: Frame, scope: Scope): Suggestion[] {
  let at = tokens.length;
  // Inside the list of `in`.
  if (tokens[at - 1]?.text === "," || tokens[at - 1]?.text === "(") while (at > 0 && tokens[at - 1]?.text !== "in") at--;
  const operator = tokens[at - 1]?.text.toLowerCase() ?? "";
  if (!comparisons.includes(operator)) return [];
  const compared = pathBefore(tokens, at - 1, frame, scope)?.property;
  if (!compared) return [];
  const enumeration = scope.model.enumeration(compared.type);
  const allowed = (compared.annotations["Validation.AllowedValues"] ?? []) as readonly { Value: unknown }[];
  const values = enumeration
    ? enumeration.members.map((member) => ({ text: quoted(member.name), ...(member.description && { description: member.description }) }))
    : [...(constants[compared.type] ?? []), ...allowed.map(({ Value }) => literal(compared, String(Value)))].map((text) => ({ text }));
  return [...values, ...(compared.isNullable && operator !== "has" ? [{ text: "null" }] : [])].map((value) => ({ ...value, kind: "value" }));
}

function continuations(tokens: readonly Token[], frame: Frame): Suggestion[] {
  const since = tokens.slice(tokens.findLastIndex((token) => /^([(,;:=]|and|or|not)$/i.test(token.text)) + 1).map((token) => token.text.toLowerCase());
  const operator = (text: string): Suggestion => ({ text, kind: "operator", close: " " });
  switch (frame.role) {
    case "order":
      return since.some((text) => text === "asc" || text === "desc") ? [] : ["asc", "desc", ...arithmetic].map(operator);
    case "computed":
      return since.includes("as") ? [] : ["as", ...arithmetic].map(operator);
    case "aggregated":
      return since.includes("as") ? [] : since.includes("with") ? ["as", "from"].map(operator) : since.includes("$count") ? [operator("as")] : ["with", ...arithmetic].map(operator);
    case "related":
      return since.includes("as") ? [] : [operator("as")];
    case "grouping":
      return [];
    default:
      return (since.some((text) => comparisons.includes(text)) || tokens.at(-1)?.text === ")" ? [...logic, ...comparisons] : [...comparisons, ...logic]).concat(arithmetic).map(operator);
  }
}

function property({ name, type, isCollection, description }: Property): Suggestion {
  return { text: name, kind: "property", detail: shortType(type, isCollection), ...(isCollection && { close: "/" }), ...(description && { description }) };
}

function navigated({ name, type, isCollection, description }: Navigation): Suggestion {
  return { text: name, kind: "navigation", detail: shortType(type, isCollection), close: "/", ...(description && { description }) };
}

function functions(scope: Scope): Suggestion[] {
  const names = scope.model.filterFunctions.filter((name) => !operators.has(name) && name !== "any" && name !== "all");
  return [{ text: "not", kind: "operator", close: " " }, ...names.map((text): Suggestion => ({ text, kind: "function", close: "(" }))];
}

function transformations(scope: Scope): Suggestion[] {
  return scope.model.transformations.map((text) => ({ text, kind: "transformation", ...(text !== "identity" && { close: text === "groupby" ? "((" : "(" }) }));
}

function variableFor(frame: Frame): string {
  return ["x", "y", "z"].find((name) => !frame.variables.has(name)) ?? "v";
}

/** A type as people say it: without the namespace. */
export function shortType(type: string, isCollection: boolean): string {
  const name = type.slice(type.lastIndexOf(".") + 1);
  return isCollection ? `${name}[]` : name;
}

/** The names that $compute and $apply give to what they make. */
export function aliasesOf(expression: string): string[] {
  const tokens = tokensOf(expression);
  return [...new Set(tokens.flatMap((token, at) => (/^as$/i.test(token.text) && tokens[at + 1]?.kind === "word" ? [tokens[at + 1]!.text] : [])))];
}
