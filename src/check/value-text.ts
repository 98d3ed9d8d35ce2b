const maximumLength = 120;

/** A template value on one line of at most 120 characters; `(absent)` for undefined. */
export function valueText(value: unknown): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > maximumLength ? `${text.slice(0, maximumLength - 1)}…` : text;
}

/** The value at a path of keys and indexes, or undefined where the path leaves the document. */
export function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined), document);
}

/** How a finding names a place in a resource, given the path below its logical id: `RedrivePolicy.maxReceiveCount`, or `the resource` itself. */
export function placeText(path: readonly (string | number)[]): string {
  const property = path[0] === 'Properties' ? path.slice(1) : path;
  if (property.length > 0) return property.join('.');
  return path.length > 0 ? 'Properties' : 'the resource';
}
