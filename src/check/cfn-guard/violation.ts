import { placeText, valueText } from '../value-text';

/** One resource that one rule refuses, as far as it depends on the template's content alone. */
export interface GuardViolation {
  /** The rule's name in the rule language. */
  readonly rule: string;
  /** Undefined when the rule is about the template as a whole. */
  readonly logicalId?: string;
  /** `Resources/Queue/Properties/RedrivePolicy`: the first place that failed. */
  readonly path: string;
  readonly now: string;
  /** The rule's own words, where they follow `Violation:` and `Fix:`. */
  readonly violation?: string;
  readonly fix?: string;
}

/** A place in the template that a clause found wrong. */
interface Evidence {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly message: string;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Collects the places that the failed clauses under a node of cfn-guard's report looked at, each with the nearest message
 * that the rule's author wrote above it. What a clause compared *with* (`to`) is no such place unless asked for.
 */
function evidenceOf(node: unknown, alsoTo: boolean, message = ''): Evidence[] {
  if (Array.isArray(node)) return node.flatMap((child) => evidenceOf(child, alsoTo, message));
  if (!isObject(node)) return [];
  const own = isObject(node.messages) && typeof node.messages.custom_message === 'string' && node.messages.custom_message.trim() !== '' ? node.messages.custom_message : message;
  if (isObject(node.traversed_to) && typeof node.traversed_to.path === 'string') {
    const missing = typeof node.remaining_query === 'string' ? node.remaining_query.split('.').filter((part) => part !== '') : [];
    return [{ path: [...segments(node.traversed_to.path), ...missing], value: undefined, message: own }];
  }
  if (typeof node.path === 'string' && 'value' in node) return [{ path: segments(node.path), value: node.value, message: own }];
  return Object.entries(node)
    .filter(([key]) => alsoTo || key !== 'to')
    .flatMap(([, child]) => evidenceOf(child, alsoTo, own));
}

function segments(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

/** Parts a message such as `Violation: … Fix: …` into its two sentences. */
function splitMessage(message: string): Pick<GuardViolation, 'violation' | 'fix'> {
  const parts = /Violation:\s*(.*?)\s*Fix:\s*(.*)$/s.exec(message.trim());
  if (!parts) return {};
  const [violation, fix] = [parts[1], parts[2]].map((text) => (text ?? '').replace(/\s+/g, ' ').trim());
  return { violation, fix };
}

/** The violations under one `not_compliant` entry: one for each resource and message, each showing at most three places. */
export function violationsOf(rule: string, checks: unknown): GuardViolation[] {
  const groups = new Map<string, Evidence[]>();
  const all = evidenceOf(checks, false);
  const inResources = resourcesIn(all);
  // A clause such as `%names IN Properties.Names` looks at the rule's own list; the resource is what it compares that with.
  const comparedWith = inResources.length > 0 ? [] : resourcesIn(evidenceOf(checks, true));
  for (const evidence of [inResources, comparedWith, all].find((found) => found.length > 0) ?? []) {
    const key = JSON.stringify([logicalIdOf(evidence), evidence.message]);
    groups.set(key, [...(groups.get(key) ?? []), evidence]);
  }
  if (groups.size === 0) return [{ rule, path: '', now: '(the template as a whole)' }];
  return [...groups.values()].map((group) => {
    const [first] = group as [Evidence, ...Evidence[]];
    const places = [...new Set(group.map(({ path, value }) => `${placeText(path.slice(2))}: ${valueText(value)}`))];
    const now = places.slice(0, 3).join('; ') + (places.length > 3 ? `; and ${places.length - 3} more` : '');
    return { rule, logicalId: logicalIdOf(first), path: first.path.join('/'), now, ...splitMessage(first.message) };
  });
}

function resourcesIn(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter((each) => logicalIdOf(each) !== undefined);
}

function logicalIdOf({ path }: Evidence): string | undefined {
  return path[0] === 'Resources' ? path[1] : undefined;
}
