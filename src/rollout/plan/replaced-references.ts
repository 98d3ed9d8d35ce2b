import type { ResolvedInstance } from '../../resolve';
import { storesData } from './data-stores';
import type { PropertyChange, ResourceChange } from './document';

/**
 * Adds what changes only because it refers to a resource that is replaced: its template is the same, and CloudFormation updates it with
 * the new one's id or attribute. References that make CloudFormation replace the referring resource too are among the changes already.
 */
export function withReplacedReferences(changes: readonly ResourceChange[], after: ResolvedInstance): ResourceChange[] {
  const known = new Map(changes.map((change) => [idOf(change), change]));
  for (const replaced of changes.filter(({ action }) => action === 'replace')) {
    for (const { from, property, instance, attribute } of after.edgesTo(idOf(replaced))) {
      if (instance !== after.id || attribute === 'DependsOn' || after.stacks.has(from)) continue;
      const change = known.get(from) ?? unchanged(from, after);
      const reference = referenceChange(property, idOf(replaced));
      if (!change || !['change', 'replace', 'may-replace'].includes(change.action) || lists(change, reference.property)) continue;
      known.set(from, { ...change, properties: [...change.properties, reference] });
    }
  }
  return [...known.values()];
}

function idOf({ path, logicalId }: Pick<ResourceChange, 'path' | 'logicalId'>): string {
  return [...path, logicalId].join('/');
}

function unchanged(id: string, after: ResolvedInstance): ResourceChange | undefined {
  const resource = [...after.resources()].find((each) => each.id === id);
  return resource && { path: resource.stack === '' ? [] : resource.stack.split('/'), logicalId: resource.logicalId, type: resource.type, action: 'change', storesData: storesData(resource.type), properties: [] };
}

function referenceChange(property: string, replaced: string): PropertyChange {
  return { property: property.replace(/^Properties\./, ''), before: replaced, after: `${replaced} (the new one)`, replaces: 'never' };
}

/** Whether a change tells of a property already, or of one that holds it. */
function lists({ properties }: ResourceChange, property: string): boolean {
  return properties.some((listed) => property === listed.property || property.startsWith(`${listed.property}.`) || listed.property.startsWith(`${property}.`));
}
