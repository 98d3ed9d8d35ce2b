import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStackSetOperationCommand, type StackSetOperation } from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../errors';
import { awsCommand } from './aws-command';
import { referenceTo, type RolloutNode } from './nodes';
import { operationResults, type OperationRequest } from './operation';
import type { Listener } from './progress';
import type { TreeEvent } from './stack-events';
import { listInstances } from './stack-set';
import type { Target } from './target';
import { WatchedAccount } from './accounts/watched-account';

/** How an operation ended in one account. */
export interface AccountEnd {
  readonly account: string;
  /** CANCELLED: not begun, because more accounts had failed than may, or somebody stopped the operation. */
  readonly status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  /** StackSets' reason. */
  readonly reason?: string;
  readonly stackId?: string;
  /** Events of the root stack and all nested ones during the operation. */
  readonly events: readonly TreeEvent[];
}

/** How an operation ended. */
export interface OperationEnd {
  /** SUCCEEDED also when accounts failed, as many as may. */
  readonly status: 'SUCCEEDED' | 'FAILED' | 'STOPPED';
  /** StackSets' reason for the first account that did not succeed. */
  readonly reason?: string;
  readonly accounts: readonly AccountEnd[];
  /** Resources that were created, updated or deleted in all accounts, nested stacks among them. */
  readonly resources: number;
}

/** Stacks by account. */
export type StackIds = ReadonlyMap<string, string>;

/** Pauses grow by this factor, so that a long operation is asked after rarely and a short one ends unnoticed never. */
const growth = 1.5;
/** Seconds for which an operation is followed; see `TargetChoice`. */
const usualTimeLimit = 4 * 3_600;
/** Seconds for which an operation that runs may stay out of sight before the rollout gives up watching it. */
const longestBlindness = 300;

/**
 * Watches an operation until it ends, and tells the listener about every stack and resource. A look that fails is tried again: it
 * never fails the rollout.
 * @param stackIds stacks of the instances when they are known, as they are before a deletion takes the instances away
 * @throws MeridianError (exit 4) when it runs for longer than the target's time limit, AWS doesn't answer for five minutes, or the credentials
 *         have expired; the operation goes on without us
 */
export async function follow(target: Target, node: RolloutNode, request: OperationRequest, listener: Listener, stackIds: StackIds = new Map()): Promise<OperationEnd> {
  const watch = new Watch(target, node, request, listener, stackIds);
  const { first, longest } = target.pollPace;
  const { timeLimit = usualTimeLimit } = target.choice;
  const started = performance.now();
  let blindSince: number | undefined;
  for (let pause = first; ; pause = Math.min(pause * growth, longest)) {
    await sleep(pause);
    if (performance.now() - started > timeLimit * 1_000) throw tookTooLong(target, request, timeLimit);
    try {
      const operation = await watch.look();
      if (operation) return await watch.end(operation);
      blindSince = undefined;
    } catch (cause) {
      if (cause instanceof MeridianError) throw cause;
      const now = performance.now();
      blindSince ??= now;
      const why = cause instanceof Error ? cause.message : String(cause);
      if (now - blindSince > longestBlindness * 1_000) {
        throw new MeridianError(`Operation ${request.operationId} out of sight: ${why}. It goes on without this program; run the same command again to see how it ended.`, 4, { cause });
      }
      listener({ type: 'note', node: referenceTo(node), message: `Operation ${request.operationId} not seen: ${why}. Looking again.` });
    }
  }
}

/** A region that hangs holds up nothing but itself: what earlier regions have stays, and later ones were not started. */
function tookTooLong(target: Target, { operationId, stackSet, home, region }: OperationRequest, timeLimit: number): MeridianError {
  const stop = awsCommand(target, home, `cloudformation stop-stack-set-operation --stack-set-name ${stackSet} --operation-id ${operationId}`);
  return new MeridianError(
    `Operation ${operationId} in ${region} let go: it has not ended after ${Math.round(timeLimit)} s. It goes on without this program. See whether the region is well; then run the same command again, which follows it, or end it first: ${stop}.`,
    4,
  );
}

class Watch {
  private readonly accounts: readonly WatchedAccount[];

  constructor(private readonly target: Target, node: RolloutNode, private readonly request: OperationRequest, listener: Listener, stackIds: StackIds) {
    const named = request.accounts.length > 1;
    this.accounts = request.accounts.map((account) => new WatchedAccount(target.of(account), node, listener, named, stackIds.get(account)));
  }

  /** Reads what is new. Returns the operation once it ended. */
  async look(): Promise<StackSetOperation | undefined> {
    const { home, stackSet, operationId } = this.request;
    const { StackSetOperation: operation } = await this.target
      .in(home)
      .cloudFormation.send(new DescribeStackSetOperationCommand({ StackSetName: stackSet, OperationId: operationId }));
    await this.readEvents(operation?.CreationTimestamp ?? new Date(0));
    return operation && ['SUCCEEDED', 'FAILED', 'STOPPED'].includes(operation.Status ?? '') ? operation : undefined;
  }

  async end({ Status }: StackSetOperation): Promise<OperationEnd> {
    const results = await operationResults(this.target, this.request);
    const only = this.accounts.length === 1 ? Status : 'CANCELLED';
    const accounts = this.accounts.map(({ account, events, stack }): AccountEnd => {
      const { Status: told, StatusReason: reason } = results.find(({ Account }) => Account === account) ?? {};
      const status = told ?? (Status === 'SUCCEEDED' ? Status : only);
      return { account, status: status === 'SUCCEEDED' || status === 'FAILED' ? status : 'CANCELLED', events, ...(reason && { reason }), ...(stack && { stackId: stack }) };
    });
    const { reason } = accounts.find(({ status }) => status === 'FAILED') ?? accounts.find(({ status }) => status !== 'SUCCEEDED') ?? {};
    const resources = this.accounts.reduce((sum, each) => sum + each.resources, 0);
    return { status: Status as OperationEnd['status'], ...(reason && { reason }), accounts, resources };
  }

  private async readEvents(since: Date): Promise<void> {
    const { home, stackSet, region } = this.request;
    const instances = this.accounts.some(({ needsInstance }) => needsInstance) ? await listInstances(this.target, home, stackSet, region) : [];
    await Promise.all(this.accounts.map((each) => each.read(instances.find(({ Account }) => Account === each.account), since)));
  }
}

/** Several operations on a node, one after another, as one: each account as its last one left it. */
export function joined(first: OperationEnd | undefined, last: OperationEnd): OperationEnd {
  if (!first) return last;
  const again = new Set(last.accounts.map(({ account }) => account));
  return { ...last, accounts: [...first.accounts.filter(({ account }) => !again.has(account)), ...last.accounts], resources: first.resources + last.resources };
}
