import { GetParametersCommand } from '@aws-sdk/client-ssm';
import type { Stack, StackInstanceSummary } from '@aws-sdk/client-cloudformation';
import type { NodeAction } from './progress';
import type { Target } from './target';

/** What a node has to do, and why. */
export interface NodeChange {
  readonly action: NodeAction;
  /** For example `template`, `parameter DomainName`, `wire FoundationVpcId`, `outdated`. */
  readonly reasons: readonly string[];
}

/** What stands in a node's region. */
export interface InstanceFacts {
  /** What of the StackSet differs from its definition. */
  readonly definitionChanges: readonly string[];
  readonly instance?: StackInstanceSummary;
  /** The instance's stack, when there is one. */
  readonly stack?: Stack;
  /** Parameters whose wire now gives another value than the stack resolved when it was last rolled. */
  readonly staleWires: readonly string[];
  /** What of the stack differs from what the StackSet gave it: somebody updated it past the StackSet. @default nothing */
  readonly foreignChanges?: readonly string[];
}

/**
 * Stacks that can't be updated and hold nothing of worth: their first creation failed. A newer CloudFormation deletes them by itself.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
 */
const stillborn = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED'];

/**
 * Decides what a node has to do. `none` only when template, parameters, tags and resolved wires are equal, the instance is current and
 * nobody changed its stack past the StackSet.
 */
export function changeOf({ definitionChanges, instance, stack, staleWires, foreignChanges = [] }: InstanceFacts): NodeChange {
  if (!instance) return { action: 'create', reasons: [] };
  if (stack && stillborn.includes(stack.StackStatus ?? '')) return { action: 'recreate', reasons: [`stack in ${stack.StackStatus}`] };
  const reasons = [
    ...definitionChanges,
    ...staleWires.map((name) => `wire ${name}`),
    ...foreignChanges.map((name) => `${name} changed past the StackSet`),
    ...(instance.Status === 'CURRENT' ? [] : [(instance.Status ?? 'unknown').toLowerCase()]),
  ];
  return { action: reasons.length > 0 ? 'update' : 'none', reasons };
}

/** SSM answers ten names a call. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const namesPerCall = 10;

/**
 * The wired parameters whose SSM parameter has another value than the stack resolved, or is gone.
 * @param wires parameter → name of its SSM parameter
 */
export async function staleWires(target: Target, region: string, stack: Stack, wires: Readonly<Record<string, string>>): Promise<string[]> {
  const names = [...new Set(Object.values(wires))];
  const current = new Map<string, string>();
  for (let at = 0; at < names.length; at += namesPerCall) {
    const { Parameters = [] } = await target.in(region).ssm.send(new GetParametersCommand({ Names: names.slice(at, at + namesPerCall) }));
    for (const { Name = '', Value = '' } of Parameters) current.set(Name, Value);
  }
  const resolved = new Map((stack.Parameters ?? []).map(({ ParameterKey, ResolvedValue }) => [ParameterKey, ResolvedValue]));
  return Object.entries(wires)
    .filter(([parameter, name]) => resolved.get(parameter) !== current.get(name) || !current.has(name))
    .map(([parameter]) => parameter);
}
