import type { RequiredTags } from './context';
import type { AnyResource, Tag, Tagging } from './resource';

/** The tagging of a resource class, or undefined for a type that takes no tags. */
function taggingOf(resource: AnyResource): Tagging | undefined {
  return (resource.constructor as { readonly tagging?: Tagging }).tagging;
}

/**
 * Puts the required tags on a resource in the form its type takes; tags that its author wrote stay, and win over equal keys.
 * Sorted by key, because the order of tags has no meaning.
 */
export function applyTags(resource: AnyResource, required: RequiredTags): void {
  const tagging = taggingOf(resource);
  if (!tagging) return;
  const properties = resource.Properties as Record<string, unknown>;
  const own = properties[tagging.property];
  if (tagging.shape === 'map') {
    const merged = { ...required, ...(own as Record<string, unknown> | undefined) };
    properties[tagging.property] = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
    return;
  }
  const byKey = new Map<string, Tag>(Object.entries(required).map(([Key, Value]) => [Key, { Key, Value }]));
  for (const tag of (own as readonly Tag[] | undefined) ?? []) byKey.set(String(tag.Key), tag);
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tag]) => tag);
  properties[tagging.property] = tagging.shape === 'propagating-list' ? sorted.map((tag) => ({ PropagateAtLaunch: true, ...tag })) : sorted;
}
