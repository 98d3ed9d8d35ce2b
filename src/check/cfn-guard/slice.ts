import { contentHash } from '../cache';
import type { GuardInput } from './input';
import type { GuardRule } from './rule';

type Resources = GuardInput['body']['Resources'];
type Resource = Resources[string];

/** The resources of one type. */
interface OfType {
  readonly entries: readonly (readonly [string, Resource])[];
  /** The logical ids that they refer to. */
  readonly references: readonly string[];
  readonly bytes: number;
  readonly hash: string;
}

/**
 * An input's resources by type, with a hash of each type's: what tells a rule whether anything it looks at changed.
 *
 * A rule sees resources through the types it names, and their properties by name. Of other resources it can ask no more than whether a
 * reference leads to one, which is why a slice keeps what is referred to as a stub with its type alone.
 */
export class TypedResources {
  private readonly byType: ReadonlyMap<string, OfType>;

  constructor(private readonly resources: Resources) {
    const byType = new Map<string, [string, Resource][]>();
    for (const [name, resource] of Object.entries(resources)) {
      const entries = byType.get(resource.Type);
      if (entries) entries.push([name, resource]);
      else byType.set(resource.Type, [[name, resource]]);
    }
    this.byType = new Map([...byType].map(([type, entries]) => [type, this.ofType(entries)]));
  }

  /** The types that this input has. */
  get types(): string[] {
    return [...this.byType.keys()];
  }

  /** The types that a rule names and this input has. */
  typesFor({ types }: GuardRule): string[] {
    return types.filter((type) => this.byType.has(type));
  }

  /** Hash of all that a rule's verdict depends on: its text, and the resources of the types it names. */
  keyFor(rule: GuardRule): string {
    return contentHash(digestOf(rule), ...this.typesFor(rule).map((type) => `${type} ${this.byType.get(type)?.hash}`));
  }

  /** Size of the resources of some types, as JSON. */
  bytes(types: readonly string[]): number {
    return types.reduce((sum, type) => sum + (this.byType.get(type)?.bytes ?? 0), 0);
  }

  /** The part of the input that rules look at, as a template: of each resource the properties that any of them names. */
  slice(types: readonly string[], rules: readonly GuardRule[]): { readonly Resources: Resources } {
    const named = rules.every(({ properties }) => properties) ? rules.map(({ properties }) => properties) : undefined;
    const parts = [...types].sort().flatMap((type) => this.byType.get(type) ?? []);
    const seen = Object.fromEntries(parts.flatMap(({ entries }) => entries).map(([name, resource]) => [name, withProperties(resource, (property) => !named || named.some((names) => names?.has(property)))]));
    const stubs = Object.fromEntries([...new Set(parts.flatMap(({ references }) => references))].sort().map((name) => [name, { Type: this.resources[name]?.Type }]));
    return { Resources: { ...stubs, ...seen } as Resources };
  }

  private ofType(entries: OfType['entries']): OfType {
    const text = JSON.stringify(entries);
    const references = [...new Set(referencesIn(entries))].filter((name) => Object.hasOwn(this.resources, name)).sort();
    return { entries, references, bytes: text.length, hash: contentHash(text, ...references.map((name) => `${name} ${this.resources[name]?.Type}`)) };
  }
}

/** A resource with those of its properties that a rule may look at, and one in any case: a rule may ask whether it has any. */
function withProperties(resource: Resource, isSeen: (property: string) => boolean): Resource {
  const properties = Object.entries(resource.Properties ?? {});
  return { ...resource, Properties: Object.fromEntries(properties.filter(([property], index) => index === 0 || isSeen(property))) };
}

/** Hashes of rules' texts, each made once for all inputs. */
const digests = new WeakMap<GuardRule, string>();

function digestOf(rule: GuardRule): string {
  const known = digests.get(rule) ?? contentHash(rule.text);
  digests.set(rule, known);
  return known;
}

/** What `Ref` and `Fn::GetAtt` name in a value. */
export function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, element]) => {
    if (key === 'Ref' && typeof element === 'string') return [element];
    if (key === 'Fn::GetAtt' && Array.isArray(element) && typeof element[0] === 'string') return [element[0]];
    return referencesIn(element);
  });
}
