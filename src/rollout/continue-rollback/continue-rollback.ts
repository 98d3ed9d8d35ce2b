import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ContinueUpdateRollbackCommand } from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../../errors';
import { describeStack } from '../outputs';
import type { Target } from '../target';
import type { StuckResource, StuckStack } from './stuck-stack';

/** How the continued rollback of a stack ended. */
export interface ContinuedRollback {
  readonly stack: StuckStack;
  /** UPDATE_ROLLBACK_COMPLETE, or UPDATE_ROLLBACK_FAILED when something still can not go back. */
  readonly status: string;
  readonly reason?: string;
  /** What was left as it is: it differs from its template until the next update. */
  readonly skipped: readonly StuckResource[];
}

/** What CloudFormation calls a rollback that goes on. */
const goingOn = new Set(['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS']);

/**
 * Lets CloudFormation go on with rollbacks that failed, and waits for their ends. Nothing is ever skipped that is not named: what is skipped no
 * longer is what its template says.
 * @param skip names of resources: logical ids, or with the nested stacks above them as `Store/Orders`
 * @throws MeridianError (exit 1) before anything is changed for a name that is no stuck resource
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export async function continueRollbacks(target: Target, stacks: readonly StuckStack[], skip: readonly string[]): Promise<ContinuedRollback[]> {
  const named = (resource: StuckResource): boolean => skip.some((name) => name === resource.logicalId || name === [...resource.path, resource.logicalId].join('/'));
  const every = stacks.flatMap(({ resources }) => resources);
  const unknown = skip.filter((name) => !every.some((resource) => [resource.logicalId, [...resource.path, resource.logicalId].join('/')].includes(name)));
  if (unknown.length > 0) {
    const known = every.map(({ path, logicalId }) => [...path, logicalId].join('/')).join(', ') || 'none';
    throw new MeridianError(`Resource ${unknown.join(', ')} not skipped: it is none of those that could not go back. They are: ${known}. Nothing was changed.`, 1);
  }
  return Promise.all(stacks.map((stack) => continueOne(target.of(stack.account), stack, stack.resources.filter(named))));
}

async function continueOne(target: Target, stack: StuckStack, skipped: readonly StuckResource[]): Promise<ContinuedRollback> {
  const { node, stackId } = stack;
  const client = target.in(node.region).cloudFormation;
  const skip = skipped.length > 0 ? { ResourcesToSkip: skipped.map(({ name }) => name) } : {};
  // One token for all attempts of the SDK: an answer that is lost continues nothing twice.
  await client.send(new ContinueUpdateRollbackCommand({ StackName: stackId, ClientRequestToken: randomUUID(), ...skip }));
  const { first, longest } = target.pollPace;
  for (let pause = first; ; pause = Math.min(pause * 1.5, longest)) {
    await sleep(pause);
    const now = await describeStack(target, node.region, stackId);
    const status = now?.StackStatus ?? 'DELETE_COMPLETE';
    if (!goingOn.has(status)) return { stack, status, ...(now?.StackStatusReason && { reason: now.StackStatusReason }), skipped };
  }
}
