import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { CreateChangeSetCommand, DeleteChangeSetCommand, DescribeChangeSetCommand, ExecuteChangeSetCommand, type DescribeChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../../errors';
import { describeStack } from '../outputs';
import type { Target } from '../target';
import type { DriftedResource } from './drifted-resource';

/** Seconds for a change set to be made. It reads every resource, and CloudFormation gives it up by itself after an hour. */
const longestMaking = 3_600;

/**
 * Brings the drifted resources of root stacks back to their templates, one stack after another, by drift-aware change sets that change
 * nothing else. The StackSet is not asked: its template is the one that stands.
 * @param drifted what `detectDrift` found
 * @returns the root stacks that were brought back
 * @throws MeridianError (exit 1) before anything is changed when that would undo a failover, since a change set brings back all of a stack;
 *         (exit 3) when a change set can't be made or fails
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
export async function revertDrift(target: Target, drifted: readonly DriftedResource[]): Promise<string[]> {
  refuseToUndoFailover(drifted);
  const roots = new Map(drifted.map((resource) => [resource.rootStackId, resource]));
  for (const [stackId, { account, node }] of roots) await revertStack(target.of(account), node.region, stackId);
  return [...roots.keys()];
}

function refuseToUndoFailover(drifted: readonly DriftedResource[]): void {
  const roles = drifted.filter(({ undoesFailover }) => undoesFailover);
  if (roles.length === 0) return;
  const names = roles.map(({ node, path, logicalId }) => `${[...path, logicalId].join(' ▸ ')} in ${node.region}`).join(', ');
  throw new MeridianError(
    `Drift not reverted: a failover gave ${names} another role, and a change set would bring that back with the rest. Nothing was changed. Correct the other resources by hand, or revert after the failback.`,
    1,
  );
}

async function revertStack(target: Target, region: string, stackId: string): Promise<void> {
  const client = target.in(region).cloudFormation;
  const stack = await describeStack(target, region, stackId);
  const parameters = (stack?.Parameters ?? []).map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true }));
  const { Id: changeSet } = await client.send(
    new CreateChangeSetCommand({
      StackName: stackId,
      ChangeSetName: `meridian-revert-${randomUUID()}`,
      UsePreviousTemplate: true,
      Parameters: parameters,
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      IncludeNestedStacks: true,
      DeploymentMode: 'REVERT_DRIFT',
    }),
  );
  const made = await settled(target, region, changeSet, ({ Status }) => Status === 'CREATE_COMPLETE' || Status === 'FAILED');
  if (made.Status === 'FAILED') {
    await client.send(new DeleteChangeSetCommand({ ChangeSetName: changeSet }));
    throw new MeridianError(`Drift of stack ${stackId} not reverted: ${made.StatusReason ?? 'its change set failed without a reason'}. Nothing was changed in it. Correct the resources by hand, or change the template and roll.`, 3);
  }
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: changeSet }));
  const done = await settled(target, region, changeSet, ({ ExecutionStatus }) => ExecutionStatus === 'EXECUTE_COMPLETE' || ExecutionStatus === 'EXECUTE_FAILED');
  if (done.ExecutionStatus === 'EXECUTE_FAILED') {
    throw new MeridianError(`Drift of stack ${stackId} not reverted: its change set failed. Run "meridian diagnose --stack ${stackId}" for the cause.`, 3);
  }
}

async function settled(target: Target, region: string, changeSet: string | undefined, isSettled: (answer: DescribeChangeSetCommandOutput) => boolean): Promise<DescribeChangeSetCommandOutput> {
  const { first, longest } = target.pollPace;
  const until = performance.now() + longestMaking * 1_000;
  for (let pause = first; ; pause = Math.min(pause * 1.5, longest)) {
    const answer = await target.in(region).cloudFormation.send(new DescribeChangeSetCommand({ ChangeSetName: changeSet }));
    if (isSettled(answer)) return answer;
    if (performance.now() >= until) throw new MeridianError(`Change set ${changeSet} not settled: it has not ended after ${longestMaking / 60} minutes. Look at it in the CloudFormation console, and run the same command again.`, 3);
    await sleep(pause);
  }
}
