import type { Stack } from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../../errors';
import { loadTemplates, resolveInstance, type ResolvedInstance, type Template } from '../../resolve';
import { rootName } from '../build';
import { changeOf } from '../change';
import { referenceTo, type RolloutNode } from '../nodes';
import { describeStack } from '../outputs';
import { sha256, type DeploymentPackage } from '../package';
import type { StackSetState } from '../stack-set';
import type { Target } from '../target';
import type { Comparison } from './compare';
import type { NodePlan } from './document';
import { plannedParameters, type PlannedParameters } from './planned-parameters';
import { publishedBy, type Published } from './published';
import { byStack, hiddenValue, standingParameters, standingRoot, standingTemplates, templateText } from './standing';

/** What the plan of a node depends on. */
export interface NodePlanContext {
  /** The account that is planned. */
  readonly target: Target;
  readonly package: DeploymentPackage;
  /** The node's StackSet; undefined when there is none. */
  readonly state: StackSetState | undefined;
  /** What earlier nodes publish; the node's own values are added. */
  readonly published: Published;
}

interface Standing {
  readonly stack: Stack;
  readonly stackId: string;
  readonly text: string;
}

interface NodeComparison extends Comparison {
  readonly unresolved?: string;
}

const nothing: NodeComparison = { resources: [], permissions: [], rules: [] };

/**
 * Plans one deployment in one region: what stands there is resolved with the parameters that it has, what was built with those that it
 * will get, and the two are compared. Changes nothing.
 * @throws MeridianError when what was built can't be resolved
 */
export async function planNode(context: NodePlanContext, node: RolloutNode): Promise<NodePlan> {
  const { target, state, published, package: packaged } = context;
  const instance = state?.instances.get(target.account, node.region);
  const stack = instance?.StackId ? await describeStack(target, node.region, instance.StackId) : undefined;
  const standing = stack?.StackId ? { stack, stackId: stack.StackId, text: await templateText(target, node.region, stack.StackId) } : undefined;
  const parameters = plannedParameters(node, published);
  const before = standing && stateOf(standing, parameters);
  const after = { template: sha256(packaged.root.bytes), parameters: { ...parameters.shown } };
  const { action, reasons } = changeOf({ definitionChanges: before ? differences(node, before, after) : [], instance, stack, staleWires: [] });
  const base = action === 'create' || action === 'recreate' ? undefined : standing;
  const changes = definitionDiffers(reasons) || !base ? await compare(context, node, parameters, base) : keep(context, node, base);
  return {
    node: referenceTo(node),
    stackSet: node.stackSet,
    action,
    reasons: [...reasons],
    ...(base && before && { before }),
    after,
    ...(changes.unresolved !== undefined && { unresolved: changes.unresolved }),
    resources: [...changes.resources],
    permissions: [...changes.permissions],
    rules: [...changes.rules],
    limits: limitsOf(node, packaged),
  };
}

function stateOf({ stack, text }: Standing, { shown }: PlannedParameters): NonNullable<NodePlan['before']> {
  const { values } = standingParameters(stack);
  const parameters = Object.entries(values).map(([name, value]) => [name, shown[name] === hiddenValue ? hiddenValue : value]);
  return { template: sha256(Buffer.from(text)), parameters: Object.fromEntries(parameters) as Record<string, string> };
}

/** What of a node's definition changes, by parameter. */
function differences(node: RolloutNode, before: NodePlan['after'], after: NodePlan['after']): string[] {
  const names = [...new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)])].sort();
  const kind = (name: string): string => (node.definition.parameters[name]?.from === 'wire' ? 'wire' : 'parameter');
  return [...(before.template === after.template ? [] : ['template']), ...names.filter((name) => before.parameters[name] !== after.parameters[name]).map((name) => `${kind(name)} ${name}`)];
}

function definitionDiffers(reasons: readonly string[]): boolean {
  return reasons.some((reason) => /^(template$|parameter |wire )/.test(reason));
}

/** A node whose definition stays publishes what it publishes now. */
function keep({ published }: NodePlanContext, node: RolloutNode, { stack }: Standing): NodeComparison {
  published.add(node, outputsOf(stack));
  return nothing;
}

async function compare({ target, published }: NodePlanContext, node: RolloutNode, parameters: PlannedParameters, standing: Standing | undefined): Promise<NodeComparison> {
  const after = resolvePlanned(target, node, parameters);
  const comparison = standing ? await compareWithStanding(target, node, parameters, standing, after) : comparer().compareInstances(undefined, after);
  published.add(node, publishedBy(node, after, comparison.resources, standing ? outputsOf(standing.stack) : {}));
  return comparison;
}

/** Loaded only when something is compared: the library reads a large specification. */
function comparer(): typeof import('./compare') {
  return require('./compare') as typeof import('./compare');
}

/** A template that stands may be one that an earlier version built, and that this one can't resolve. */
async function compareWithStanding(target: Target, node: RolloutNode, parameters: PlannedParameters, { stack, stackId, text }: Standing, after: ResolvedInstance): Promise<NodeComparison> {
  const templates = await standingTemplates(target, node.region, stackId, text);
  try {
    return comparer().compareInstances(resolveStanding(target, node, parameters, stack, templates), after);
  } catch (error) {
    if (!(error instanceof MeridianError)) throw error;
    return { ...comparer().compareWritten(byStack(templates), after), unresolved: error.message };
  }
}

function resolveStanding(target: Target, node: RolloutNode, { shown }: PlannedParameters, stack: Stack, templates: Readonly<Record<string, Template>>): ResolvedInstance {
  const { given, values } = standingParameters(stack);
  const visible = Object.entries(given).filter(([name, value]) => shown[name] !== hiddenValue && value !== hiddenValue);
  return resolveInstance({
    id: node.id,
    root: templates[standingRoot]!,
    templates,
    file: standingRoot,
    region: node.region,
    accountId: target.account,
    parameters: Object.fromEntries(visible),
    wires: Object.fromEntries(visible.map(([name, value]) => [value, values[name] ?? value])),
  });
}

function resolvePlanned(target: Target, { id, build, definition, region }: RolloutNode, { given, wires }: PlannedParameters): ResolvedInstance {
  const templates = loadTemplates(build.dist, build.manifest, definition);
  const file = definition.templates[rootName]!.file;
  return resolveInstance({ id, root: templates[file]!, templates, file, region, accountId: target.account, parameters: given, wires });
}

function outputsOf({ Outputs = [] }: Stack): Record<string, string> {
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

function limitsOf({ definition, build }: RolloutNode, { root }: DeploymentPackage): NodePlan['limits'] {
  const counts = Object.keys(definition.templates).map((name) => Object.keys(build.template(definition, name).Resources).length);
  return { rootBytes: root.bytes.length, resources: Math.max(...counts) };
}
