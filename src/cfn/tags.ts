import type { RequiredTags } from './context';
import { Name } from './names';
import type { AnyResource, Tag, Tagging } from './resource';

/** The tagging of a resource class, or undefined for a type that takes no tags. */
function taggingOf(resource: AnyResource): Tagging | undefined {
  return (resource.constructor as { readonly tagging?: Tagging }).tagging;
}

/** Types without a generated name that want no tag with one: a nested stack passes its tags on to all that it holds, and a wire has its path. */
const namedOtherwise = new Set(['AWS::CloudFormation::Stack', 'AWS::SSM::Parameter']);

/** Whether nothing in a resource's own properties names it, so that only a `Name` tag can tell whose it is. */
export function isUnnamed({ Type, Properties }: AnyResource): boolean {
  return !namedOtherwise.has(Type) && !Object.values(Properties as object).some((value) => value instanceof Name);
}

/**
 * Puts the required tags on a resource in the form its type takes; tags that its author wrote stay, and win over equal keys.
 * Sorted by key, because the order of tags has no meaning.
 */
export function applyTags(resource: AnyResource, required: RequiredTags & { readonly Name?: Name }): void {
  const tagging = taggingOf(resource);
  if (!tagging) return;
  const properties = resource.Properties as Record<string, unknown>;
  const own = properties[tagging.property];
  if (tagging.shape === 'map') {
    const merged = { ...required, ...(own as Record<string, unknown> | undefined) };
    properties[tagging.property] = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
    return;
  }
  const byKey = new Map<string, Tag>(Object.entries<string | Name>({ ...required }).map(([Key, Value]) => [Key, { Key, Value }]));
  for (const tag of (own as readonly Tag[] | undefined) ?? []) byKey.set(String(tag.Key), tag);
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tag]) => tag);
  properties[tagging.property] = tagging.shape === 'propagating-list' ? sorted.map((tag) => ({ PropagateAtLaunch: true, ...tag })) : sorted;
}
