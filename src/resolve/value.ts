import { noValue, Unknown, type NoValue, type Origin, type Scalar, type Value, type ValueObject } from './unknown';

/** Makes an unknown of its origin. */
export function unknownOf(origin: Origin): Unknown {
  return new Unknown(origin, originIdentity);
}

/** Whether a value is text, a number, a boolean or null. */
export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether a value is a list. */
export function isList(value: Value | NoValue): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is an object with keys, so neither a list nor an unknown. */
export function isObject(value: Value | NoValue): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

/** Whether a value holds no unknown at any depth. */
export function isKnown(value: Value): boolean {
  if (value instanceof Unknown) return false;
  if (isList(value)) return value.every(isKnown);
  return isObject(value) ? Object.values(value).every(isKnown) : true;
}

/**
 * Visits the scalars and unknowns of a value with the keys that lead to them, in the order of the JSON.
 * @param path the keys that lead to the value itself; used while visiting, so a visitor that keeps it copies it
 */
export function visitLeaves(value: Value, visit: (leaf: Scalar | Unknown, path: readonly string[]) => void, path: string[] = []): void {
  if (isScalar(value) || value instanceof Unknown) {
    visit(value, path);
    return;
  }
  for (const [key, element] of Object.entries(value as ValueObject | readonly Value[])) {
    path.push(key);
    visitLeaves(element as Value, visit, path);
    path.pop();
  }
}

/**
 * Text that two values share exactly when CloudFormation would take them for equal. Numbers and booleans count as their
 * text, because parameters are text; the keys of objects are sorted.
 */
export function identityOf(value: Value | NoValue): string {
  if (value === noValue) return 'NoValue';
  if (value instanceof Unknown) return `<${value.identity}>`;
  if (isList(value)) return `[${value.map(identityOf).join(',')}]`;
  if (isObject(value)) return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${identityOf(value[key] as Value)}`).join(',')}}`;
  return JSON.stringify(String(value));
}

function originIdentity(origin: Origin): string {
  switch (origin.kind) {
    case 'resource':
      return `${origin.instance}:${origin.stack}/${origin.logicalId}.${origin.attribute}`;
    case 'parameter':
      return `${origin.instance}:${origin.stack}?${origin.name}`;
    case 'pseudo':
      // The account is one for all stacks of an instance; the rest differs from stack to stack.
      return origin.name === 'AWS::AccountId' ? origin.name : `${origin.instance}:${origin.stack}#${origin.name}`;
    case 'ssm':
      return `ssm:${identityOf(origin.name)}`;
    case 'import':
      return `${origin.function}${identityOf(origin.argument)}`;
    case 'expression':
      return `${origin.function}[${origin.arguments.map(identityOf).join(',')}]`;
  }
}

/** The unknowns that values are made of in the end, expressions opened up; each once. */
export function leavesOf(...values: readonly (Value | NoValue)[]): readonly Unknown[] {
  const found = new Map<string, Unknown>();
  const collect = (value: Value | NoValue): void => {
    if (value === noValue) return;
    visitLeaves(value, (leaf) => {
      if (!(leaf instanceof Unknown)) return;
      if (leaf.origin.kind === 'expression') leaf.origin.arguments.forEach(collect);
      else found.set(leaf.identity, leaf);
    });
  };
  values.forEach(collect);
  return [...found.values()];
}
