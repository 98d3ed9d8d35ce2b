import type { Stack } from '@aws-sdk/client-cloudformation';
import { Build } from '../build';
import { lastFailedOperation } from '../diagnose/last-failure';
import { stackSetOf } from '../nodes';
import { describeStack } from '../outputs';
import type { NodeReference } from '../progress';
import { StackEvents } from '../stack-events';
import { readStackSet } from '../stack-set';
import type { Target } from '../target';

/** A resource that could not be brought back to what it was. */
export interface StuckResource {
  /** As `ResourcesToSkip` names it: the logical id, behind the nested stack's name and a dot where it is in one. */
  readonly name: string;
  /** Logical ids of the nested stacks from the root down. */
  readonly path: readonly string[];
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

/** A stack whose update failed and could not be undone: CloudFormation takes no update of it until its rollback is continued. */
export interface StuckStack {
  readonly node: NodeReference;
  readonly account: string;
  readonly stackId: string;
  readonly reason: string;
  readonly resources: readonly StuckResource[];
}

/** Whose stacks to look at. */
export interface StuckOptions {
  readonly target: Target;
  readonly dist: string;
  readonly system: string;
  readonly environment: string;
  readonly suffix: string;
}

/**
 * The stacks of a system that are in UPDATE_ROLLBACK_FAILED, with the resources that keep them there.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-continueupdaterollback.html
 * @throws MeridianError (exit 2) for a system that was not built
 */
export async function stuckStacks({ target, dist, system, environment, suffix }: StuckOptions): Promise<StuckStack[]> {
  const part = { build: Build.open(dist, system, environment), parameters: { file: '', suffix, values: {} } };
  const found = await Promise.all(
    part.build.manifest.deployments.map(async ({ name: deployment, ...definition }) => {
      const state = await readStackSet(target, part.build.homeRegion, stackSetOf(part, { name: deployment, ...definition }));
      return Promise.all(
        [...(state?.instances ?? [])].map(async ({ Account: account = target.account, Region: region = '', StackId }) => {
          const there = target.of(account);
          const stack = StackId === undefined ? undefined : await describeStack(there, region, StackId);
          if (stack?.StackStatus !== 'UPDATE_ROLLBACK_FAILED') return undefined;
          return { node: { system, environment, deployment, region }, account, stackId: StackId ?? '', reason: stack.StackStatusReason ?? '', resources: await stuckResources(there, region, stack) };
        }),
      );
    }),
  );
  return found.flat().filter((stack) => stack !== undefined);
}

/** The resources whose last event in the operation says that they failed while the stack was going back. */
async function stuckResources(target: Target, region: string, { StackId: stackId = '' }: Stack): Promise<StuckResource[]> {
  const operation = await lastFailedOperation(target, region, stackId);
  if (!operation) return [];
  const events = await new StackEvents(target, region, stackId, operation.since).read();
  const goingBack = events.find(({ ofStack, path, status }) => ofStack && path.length === 0 && status === 'UPDATE_ROLLBACK_IN_PROGRESS')?.at;
  const last = new Map(events.filter(({ ofStack }) => !ofStack).map((event) => [[...event.path, event.logicalId].join('/'), event]));
  return [...last.values()]
    .filter(({ status, resourceType, at }) => status === 'UPDATE_FAILED' && resourceType !== 'AWS::CloudFormation::Stack' && goingBack !== undefined && at >= goingBack)
    .map(({ path, stackId: own, logicalId, resourceType, reason }) => ({ name: path.length === 0 ? logicalId : `${nameOf(own)}.${logicalId}`, path, logicalId, type: resourceType, reason }));
}

/** The name in a stack's ARN. */
function nameOf(stackId: string): string {
  return stackId.split('/')[1] ?? stackId;
}
