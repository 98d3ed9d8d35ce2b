import type { GuardInput } from '../check/cfn-guard/input';
import { referencesIn } from '../check/cfn-guard/slice';

type Resources = GuardInput['body']['Resources'];

/**
 * The resources around some of a template's: they, what refers to them, and what any of these refers to. Most rules say of a mistake there
 * what they say in the whole, which takes them many times as long.
 * @param ids logical ids; one that the template has not stands for a resource that is gone
 * @param before the template before the change, in which also resources that are gone have surroundings
 */
export function surroundings(resources: Resources, ids: ReadonlySet<string>, before: Resources): Resources {
  const changed = [...ids];
  const next = new Set([...changed, ...[resources, before].flatMap((each) => [...changed.flatMap((id) => referencesIn(each[id])), ...referrers(each, ids)])]);
  const near = new Set([...next, ...[...next].flatMap((id) => referencesIn(resources[id]))]);
  return Object.fromEntries(Object.entries(resources).filter(([name]) => near.has(name)));
}

function referrers(resources: Resources, ids: ReadonlySet<string>): readonly string[] {
  return Object.entries(resources).flatMap(([name, resource]) => (referencesIn(resource).some((id) => ids.has(id)) ? [name] : []));
}
