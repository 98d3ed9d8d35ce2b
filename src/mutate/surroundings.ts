import type { GuardInput } from '../check/cfn-guard/input';
import { referencesIn } from '../check/cfn-guard/slice';

type Resources = GuardInput['body']['Resources'];

/**
 * The logical ids around some: they, what refers to them, and what any of these refers to. Most rules say of a mistake there
 * what they say in the whole, which takes them many times as long.
 * @param versions a template before a change and after it: also what is gone, or refers no more, has surroundings
 */
export function surroundings(versions: readonly Resources[], ids: ReadonlySet<string>): ReadonlySet<string> {
  const references = (from: Iterable<string>): readonly string[] => versions.flatMap((resources) => [...from].flatMap((id) => referencesIn(resources[id])));
  const next = new Set([...ids, ...references(ids), ...versions.flatMap((resources) => referrers(resources, ids))]);
  return new Set([...next, ...references(next)]);
}

function referrers(resources: Resources, ids: ReadonlySet<string>): readonly string[] {
  return Object.entries(resources).flatMap(([name, resource]) => (referencesIn(resource).some((id) => ids.has(id)) ? [name] : []));
}
