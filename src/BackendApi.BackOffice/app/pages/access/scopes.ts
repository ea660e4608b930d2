/** What can be done with a set, in the order of the columns. */
export const verbs = ["read", "create", "update", "delete", "execute"] as const;
export type Verb = (typeof verbs)[number];

/** Sets, and what may be done with each: scopes as they are ticked. */
export type ScopeChoice = ReadonlyMap<string, ReadonlySet<Verb>>;

/** Everything that the roles allow. */
export const unlimited = ["*:*"] as const;

export const isUnlimited = (scopes: readonly string[]) => scopes.includes("*:*");

export function choiceOf(scopes: readonly string[]): ScopeChoice {
  const choice = new Map<string, Set<Verb>>();
  for (const scope of scopes) {
    const colon = scope.lastIndexOf(":");
    const [set, verb] = [scope.slice(0, colon), scope.slice(colon + 1)];
    const chosen = choice.get(set) ?? new Set<Verb>();
    for (const each of verbs) if (verb === "*" || verb === each) chosen.add(each);
    choice.set(set, chosen);
  }
  return choice;
}

export const scopesOf = (choice: ScopeChoice): string[] =>
  [...choice].flatMap(([set, chosen]) => (chosen.size === verbs.length ? [`${set}:*`] : verbs.filter((verb) => chosen.has(verb)).map((verb) => `${set}:${verb}`)));

export function scopesInWords(scopes: readonly string[]): string {
  if (isUnlimited(scopes)) return "all that its roles allow";
  return [...choiceOf(scopes)].map(([set, chosen]) => `${chosen.size === verbs.length ? "everything" : verbs.filter((verb) => chosen.has(verb)).join(", ")} on ${set === "*" ? "every set" : set}`).join("; ");
}
