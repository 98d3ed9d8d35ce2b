import { fullDiff, ResourceImpact, type ResourceDifference, type TemplateDiff } from '@aws-cdk/cloudformation-diff';
import { combinedTemplate, type ResolvedInstance, type Template } from '../../resolve';
import { permissionChanges, ruleChanges } from './access-changes';
import { storesData } from './data-stores';
import type { PermissionChange, PropertyChange, ResourceChange, RuleChange } from './document';
import { leafDifferences } from './leaf-differences';
import { withReplacedReferences } from './replaced-references';
import { writtenTemplate, type Combined } from './written-template';

/** How two versions of an instance differ. */
export interface Comparison {
  /** What loses something first, then by stack and logical id. */
  readonly resources: readonly ResourceChange[];
  readonly permissions: readonly PermissionChange[];
  readonly rules: readonly RuleChange[];
}

const emptyTemplate: Combined = { template: { Resources: {} }, sources: new Map() };

/**
 * Compares two versions of an instance, all their nested stacks as one, so that the replacement of a resource is followed to whatever
 * refers to it in other stacks.
 * @param before undefined when nothing stands; permissions and rules are not listed then, because all of them are new
 */
export function compareInstances(before: ResolvedInstance | undefined, after: ResolvedInstance): Comparison {
  const { resources, ...accesses } = compareTemplates(before ? combinedTemplate([before]) : emptyTemplate, combinedTemplate([after]));
  return { resources: withReplacedReferences(resources, after).sort(byLoss), ...(before ? accesses : { permissions: [], rules: [] }) };
}

/**
 * Compares templates as they are written, for those that can't be resolved.
 * @param before by the path of their stack, the empty text for the root
 */
export function compareWritten(before: ReadonlyMap<string, Template>, after: ResolvedInstance): Comparison {
  const young = new Map([...after.stacks].map(([path, { template }]) => [path, template]));
  const { resources, ...accesses } = compareTemplates(writtenTemplate(before), writtenTemplate(young));
  return { resources: withReplacedReferences(resources, after).sort(byLoss), ...accesses };
}

function compareTemplates(old: Combined, young: Combined): Comparison {
  const diff = fullDiff(old.template, young.template);
  const resources: ResourceChange[] = [];
  diff.resources.forEachDifference((name, difference) => {
    const { stack, logicalId } = (old.sources.get(name) ?? young.sources.get(name))!.resource;
    const change = resourceChange(difference);
    if (change) resources.push({ path: stack === '' ? [] : stack.split('/'), logicalId, ...change });
  });
  return { resources, ...access(diff) };
}

function access(diff: TemplateDiff): Pick<Comparison, 'permissions' | 'rules'> {
  return { permissions: permissionChanges(diff.iamChanges), rules: ruleChanges(diff.securityGroupChanges) };
}

const actions: Readonly<Record<ResourceImpact, ResourceChange['action'] | undefined>> = {
  [ResourceImpact.WILL_CREATE]: 'add',
  [ResourceImpact.WILL_IMPORT]: 'add',
  [ResourceImpact.WILL_UPDATE]: 'change',
  [ResourceImpact.WILL_REPLACE]: 'replace',
  [ResourceImpact.MAY_REPLACE]: 'may-replace',
  [ResourceImpact.WILL_DESTROY]: 'remove',
  [ResourceImpact.WILL_ORPHAN]: 'remove',
  [ResourceImpact.NO_CHANGE]: undefined,
};

function resourceChange(difference: ResourceDifference): Omit<ResourceChange, 'path' | 'logicalId'> | undefined {
  const action = actions[difference.changeImpact];
  if (!action) return undefined;
  const type = difference.oldResourceType ?? difference.newResourceType ?? '';
  const whole = action === 'add' || action === 'remove';
  return { type, action, ...oldOne(difference, action), storesData: storesData(type), properties: whole ? [] : propertyChanges(difference) };
}

/**
 * What becomes of a resource that goes. A replaced one is said to be kept only when both versions keep it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
 */
function oldOne({ oldValue, newValue }: ResourceDifference, action: ResourceChange['action']): Pick<ResourceChange, 'old'> {
  if (action === 'add' || action === 'change') return {};
  if (action === 'remove') return { old: fate(oldValue?.['DeletionPolicy']) };
  const [was, will] = [fate(oldValue?.['UpdateReplacePolicy']), fate(newValue?.['UpdateReplacePolicy'])];
  return { old: was === will ? was : 'deleted' };
}

function fate(policy: unknown): NonNullable<ResourceChange['old']> {
  if (policy === 'Snapshot') return 'snapshot';
  return policy === 'Retain' || policy === 'RetainExceptOnCreate' ? 'kept' : 'deleted';
}

function propertyChanges(difference: ResourceDifference): PropertyChange[] {
  const properties = Object.entries(difference.propertyUpdates).flatMap(([name, { oldValue, newValue, changeImpact }]) =>
    leafDifferences(name, oldValue, newValue).map((leaf) => ({ ...leaf, replaces: replaces(changeImpact) })),
  );
  const others = Object.entries(difference.otherChanges).flatMap(([name, { oldValue, newValue }]) => leafDifferences(name, oldValue, newValue).map((leaf) => ({ ...leaf, replaces: 'never' as const })));
  return [...properties, ...others];
}

function replaces(impact: ResourceImpact | undefined): PropertyChange['replaces'] {
  if (impact === ResourceImpact.WILL_REPLACE) return 'always';
  return impact === ResourceImpact.MAY_REPLACE ? 'maybe' : 'never';
}

const order: readonly ResourceChange['action'][] = ['remove', 'replace', 'may-replace', 'change', 'add'];

/** Lost data first, then other removals and replacements, then changes and additions. */
function byLoss(a: ResourceChange, b: ResourceChange): number {
  const rank = ({ action, storesData: data }: ResourceChange): number => order.indexOf(action) - (data && order.indexOf(action) < 3 ? 3 : 0);
  const name = ({ path, logicalId }: ResourceChange): string => [...path, logicalId].join('/');
  return rank(a) - rank(b) || (name(a) < name(b) ? -1 : 1);
}
