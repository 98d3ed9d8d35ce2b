/** Names that stand for what every command knows, beside the root outputs of a deployment. */
export const everywhereKnown = ['AWS::AccountId', 'AWS::Region', 'EnvironmentSuffix'] as const;

/** `${Name}` or `${AWS::Name}`, as `Fn::Sub` writes it too. */
const placeholder = /\$\{((?:AWS::)?[A-Za-z][A-Za-z0-9]*)\}/g;

/** The names of all placeholders in a value's texts, sorted. */
export function placeholdersIn(value: unknown): string[] {
  const found = new Set<string>();
  replaceTexts(value, (text) => {
    for (const [, name = ''] of text.matchAll(placeholder)) found.add(name);
    return text;
  });
  return [...found].sort();
}

/**
 * A value with its placeholders filled in. One that `values` lacks stays as it is.
 * @param values by name
 */
export function fillIn<T>(value: T, values: Readonly<Record<string, string>>): T {
  return replaceTexts(value, (text) => text.replace(placeholder, (whole, name: string) => values[name] ?? whole)) as T;
}

/** A copy of a value with each text in it replaced. Keys stay: no name of a field or label is known late. */
function replaceTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceTexts(item, replace)]));
}
