import type { InstanceContext } from './context';
import type { Edge, ResolvedResource, SecretOccurrence, UnknownOccurrence } from './resolved';
import { textParts } from './text';
import { Unknown, type Scalar, type Value } from './unknown';
import { leavesOf, visitLeaves } from './value';

/** The values of a resource that can hold references, by their section in the template. */
function sections(resource: ResolvedResource): readonly (readonly [string, Value])[] {
  const { properties, metadata, creationPolicy, updatePolicy } = resource;
  const all: readonly (readonly [string, Value | undefined])[] = [['Properties', properties], ['Metadata', metadata], ['CreationPolicy', creationPolicy], ['UpdatePolicy', updatePolicy]];
  return all.filter((section): section is readonly [string, Value] => section[1] !== undefined);
}

/** All unknowns of a resource, each place on its own. */
export function unknownsOf(resource: ResolvedResource): readonly UnknownOccurrence[] {
  const found: UnknownOccurrence[] = [];
  for (const [section, value] of sections(resource)) {
    visitLeaves(value, (leaf, path) => {
      if (leaf instanceof Unknown) found.push({ resource: resource.id, property: path.join('.'), unknown: leaf });
    }, [section]);
  }
  return found;
}

/**
 * The edges of an instance: each resource that a value comes from, however many nested stacks, outputs and wires lie between;
 * the nested stack whose output was read on the way; each `DependsOn`.
 */
export function edgesOf(context: InstanceContext, resources: readonly ResolvedResource[], unknowns: readonly UnknownOccurrence[]): readonly Edge[] {
  const edges = new Map<string, Edge>();
  const add = (edge: Edge): unknown => edges.set(Object.values(edge).join('\n'), edge);
  for (const { resource, property, unknown } of unknowns) {
    for (const { origin } of leavesOf(unknown)) {
      if (origin.kind === 'resource') add({ from: resource, property, instance: origin.instance, to: resourceId(origin.stack, origin.logicalId), attribute: origin.attribute });
    }
  }
  for (const { stack, path, logicalId, attribute } of context.links) {
    const [section, from = '', ...property] = path;
    if (section === 'Resources') add({ from: resourceId(stack, from), property: property.join('.'), instance: context.id, to: resourceId(stack, logicalId), attribute });
  }
  for (const { id, stack, dependsOn } of resources) {
    dependsOn.forEach((logicalId, index) => add({ from: id, property: `DependsOn.${index}`, instance: context.id, to: resourceId(stack, logicalId), attribute: 'DependsOn' }));
  }
  return [...edges.values()];
}

/** The id of a resource in its instance. */
export function resourceId(stack: string, logicalId: string): string {
  return stack === '' ? logicalId : `${stack}/${logicalId}`;
}

/** The secrets that a resource reads. A dynamic reference stays in the text as it is; it is a name, not the secret. */
export function secretsOf(resource: ResolvedResource): readonly SecretOccurrence[] {
  const found: SecretOccurrence[] = [];
  for (const [section, value] of sections(resource)) {
    visitLeaves(value, (leaf, path) => {
      for (const from of new Set(secretsIn(leaf))) found.push({ resource: resource.id, property: path.join('.'), from });
    }, [section]);
  }
  return found;
}

function secretsIn(leaf: Scalar | Unknown): readonly SecretOccurrence['from'][] {
  if (typeof leaf === 'string') return dynamicReferences(leaf);
  if (!(leaf instanceof Unknown)) return [];
  const named = (textParts(leaf) ?? []).flatMap((part) => (typeof part === 'string' ? dynamicReferences(part) : []));
  const hidden = leavesOf(leaf).some(({ origin }) => origin.kind === 'parameter' && origin.hidden);
  return hidden ? [...named, 'NoEcho'] : named;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
function dynamicReferences(text: string): readonly ('secretsmanager' | 'ssm-secure')[] {
  if (!text.includes('{{resolve:')) return [];
  return [...text.matchAll(/\{\{resolve:(secretsmanager|ssm-secure):/g)].map((match) => match[1] as 'secretsmanager' | 'ssm-secure');
}
