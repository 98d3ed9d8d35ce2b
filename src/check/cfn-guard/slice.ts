import { contentHash } from '../cache';
import type { GuardInput } from './input';
import type { GuardRule } from './rule';

type Resources = GuardInput['body']['Resources'];

/** An input's resources by type, with a hash of each type's: what tells a rule whether anything it looks at changed. */
export class TypedResources {
  private readonly byType = new Map<string, [string, unknown][]>();
  private readonly hashes = new Map<string, string>();

  constructor(resources: Resources) {
    for (const [name, resource] of Object.entries(resources)) {
      const type = (resource as { readonly Type?: unknown }).Type;
      if (typeof type === 'string') this.byType.set(type, [...(this.byType.get(type) ?? []), [name, resource]]);
    }
    for (const [type, entries] of this.byType) this.hashes.set(type, contentHash(JSON.stringify(entries)));
  }

  /** The types that a rule names and this input has. A rule sees resources only through the types it names. */
  typesFor({ types }: GuardRule): string[] {
    return types.filter((type) => this.byType.has(type));
  }

  /** Hash of all that a rule's verdict depends on: its text, and the resources of the types it names. */
  keyFor(rule: GuardRule): string {
    return contentHash(rule.text, ...this.typesFor(rule).map((type) => `${type} ${this.hashes.get(type)}`));
  }

  /** The part of the input that some rules look at, as a template. */
  slice(rules: readonly GuardRule[]): { readonly Resources: Resources } {
    const types = new Set(rules.flatMap((rule) => this.typesFor(rule)));
    return { Resources: Object.fromEntries([...types].sort().flatMap((type) => this.byType.get(type) ?? [])) as Resources };
  }
}
