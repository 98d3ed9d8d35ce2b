import { setTimeout as sleep } from 'node:timers/promises';
import { CreateStackCommand, DeleteStackCommand, GetTemplateCommand, UpdateStackCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../errors';
import { describeStack } from './outputs';
import { StackEvents } from './stack-events';
import type { Target } from './target';

/** A stack of its own, without a StackSet. */
export interface PlainStack {
  readonly stackName: string;
  /** The template, at most 51,200 bytes. */
  readonly body: string;
}

/** What was done to a plain stack. */
export type PlainStackAction = 'create' | 'update' | 'none';

/** Stacks whose creation failed: they can only be deleted. */
const unusable = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'];
const complete = ['CREATE_COMPLETE', 'UPDATE_COMPLETE'];
const growth = 1.5;

/**
 * Brings a plain stack to its template, and waits. A stack whose template is the same is left alone, without a call that changes anything.
 * @throws MeridianError (exit 3) with the first failed resource's reason
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacks.html
 */
export async function deployPlainStack(target: Target, region: string, plain: PlainStack): Promise<PlainStackAction> {
  const client = target.in(region).cloudFormation;
  let stack = await describeStack(target, region, plain.stackName);
  if (stack && unusable.includes(stack.StackStatus ?? '')) {
    await client.send(new DeleteStackCommand({ StackName: stack.StackId ?? plain.stackName }));
    await settled(target, region, stack.StackId ?? plain.stackName);
    stack = undefined;
  }
  if (stack?.StackStatus?.endsWith('_IN_PROGRESS')) stack = await settled(target, region, stack.StackId ?? plain.stackName);
  const started = new Date();
  const request = { StackName: plain.stackName, TemplateBody: plain.body, Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
  if (!stack) {
    const { StackId = plain.stackName } = await client.send(new CreateStackCommand({ ...request, OnFailure: 'DELETE' }));
    await requireComplete(target, region, plain.stackName, StackId, started);
    return 'create';
  }
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: stack.StackId, TemplateStage: 'Original' }));
  if (TemplateBody === plain.body && complete.includes(stack.StackStatus ?? '')) return 'none';
  await client.send(new UpdateStackCommand(request));
  await requireComplete(target, region, plain.stackName, stack.StackId ?? plain.stackName, started);
  return 'update';
}

async function requireComplete(target: Target, region: string, name: string, stackId: string, since: Date): Promise<void> {
  const stack = await settled(target, region, stackId);
  if (complete.includes(stack?.StackStatus ?? '')) return;
  const events = await new StackEvents(target, region, stackId, since).read();
  const failed = events.find(({ status, ofStack }) => status.endsWith('_FAILED') && !ofStack);
  const why = failed ? `${failed.logicalId} (${failed.resourceType}): ${failed.reason}` : `it ended in ${stack?.StackStatus ?? 'DELETE_COMPLETE'}`;
  throw new MeridianError(`Stack ${name} in ${region} failed: ${why}. Correct the cause and run the same command again.`, 3);
}

/** Waits until nothing happens to a stack any more. */
async function settled(target: Target, region: string, stackId: string): Promise<Stack | undefined> {
  const { first, longest } = target.pollPace;
  for (let pause = first; ; pause = Math.min(pause * growth, longest)) {
    await sleep(pause);
    const stack = await describeStack(target, region, stackId);
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) return stack;
  }
}
