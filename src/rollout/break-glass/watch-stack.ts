import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStackEventsCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { OperationEnd } from '../follow';
import type { RolloutNode } from '../nodes';
import { describeStack } from '../outputs';
import type { Listener } from '../progress';
import type { Target } from '../target';
import { WatchedAccount } from '../accounts/watched-account';

const complete = ['CREATE_COMPLETE', 'UPDATE_COMPLETE'];
const growth = 1.5;

/** A stack after something was done to it, and how that ended. */
export interface WatchedEnd {
  readonly stack: Stack | undefined;
  readonly end: OperationEnd;
}

/** The moment after a stack's latest event, by AWS's clock: what comes later belongs to what is done next. */
export async function afterLatestEvent(target: Target, region: string, stackId: string): Promise<Date> {
  const { StackEvents = [] } = await target.in(region).cloudFormation.send(new DescribeStackEventsCommand({ StackName: stackId }));
  return new Date((StackEvents[0]?.Timestamp?.getTime() ?? 0) + 1);
}

/**
 * Watches a root stack until nothing happens to it any more, and tells the listener about it and all that nests in it.
 * @param since events before belong to something earlier
 */
export async function watchStack(target: Target, node: RolloutNode, stackId: string, since: Date, listener: Listener): Promise<WatchedEnd> {
  const watched = new WatchedAccount(target, node, listener, false, stackId);
  const { first, longest } = target.pollPace;
  for (let pause = first; ; pause = Math.min(pause * growth, longest)) {
    await sleep(pause);
    const stack = await describeStack(target, node.region, stackId);
    await watched.read(undefined, since);
    const state = stack?.StackStatus ?? 'DELETE_COMPLETE';
    if (state.endsWith('_IN_PROGRESS')) continue;
    const status = complete.includes(state) ? 'SUCCEEDED' : 'FAILED';
    const reason = status === 'FAILED' ? { reason: stack?.StackStatusReason ?? `the stack ended in ${state}` } : {};
    return { stack, end: { status, ...reason, accounts: [{ account: target.account, status, stackId, events: watched.events, ...reason }], resources: watched.resources } };
  }
}
