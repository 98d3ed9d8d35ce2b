/** What of a template a rule can see, told from its text. */
export interface RuleReads {
  /** The resource types that it names, sorted. */
  readonly types: readonly string[];
  /** Names among which are all the properties that it looks at; undefined when it may look at any, by a wildcard. */
  readonly properties: ReadonlySet<string> | undefined;
}

/** Messages, texts and regular expressions, in which a star is no wildcard. */
const literals = /<<[\s\S]*?>>|'[^'\n]*'|"[^"\n]*"|\/(?:[^/\\\n]|\\.)+\//g;

/**
 * A wildcard or a filter by key on something that may be all properties of a resource: `Properties.*`, `%resource.*`, `this[ keys == … ]`.
 * On a property that is named, `Tags[*]`, it sees no other.
 */
const wildcard = /(?:%\w+|\bthis|\bProperties|\])\s*(?:\.\s*\*|\[\s*(?:\*|keys\b))|(?:^|[\s{(])\*/m;

/** Reads a rule's text: its comments say nothing, and each word may be a property's name. */
export function readsOf(text: string): RuleReads {
  const clauses = text.replace(/^\s*#.*$/gm, '');
  return {
    types: [...new Set([...clauses.matchAll(/["'](AWS::\w+::\w+)["']/g)].map((match) => match[1] ?? ''))].sort(),
    properties: wildcard.test(clauses.replace(literals, ' ')) ? undefined : new Set(clauses.match(/\w+/g)),
  };
}
