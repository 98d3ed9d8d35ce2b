import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStackInstanceCommand, DescribeStackSetOperationCommand, StackInstanceNotFoundException, type StackSetOperation } from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../errors';
import { referenceTo, type RolloutNode } from './nodes';
import { operationResults, type OperationRequest } from './operation';
import { NodeProgress } from './node-progress';
import type { Listener } from './progress';
import { StackEvents, type TreeEvent } from './stack-events';
import type { Target } from './target';

/** How an operation ended. */
export interface OperationEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'STOPPED';
  /** StackSets' reason for the region. */
  readonly reason?: string;
  /** Events of the root stack and all nested ones during the operation. */
  readonly events: readonly TreeEvent[];
  /** Resources that were created, updated or deleted, nested stacks among them. */
  readonly resources: number;
}

/** Pauses grow by this factor, so that a long operation is asked after rarely and a short one ends unnoticed never. */
const growth = 1.5;
/** Seconds for which an operation that runs may stay out of sight before the rollout gives up watching it. */
const longestBlindness = 300;

/**
 * Watches an operation until it ends, and tells the listener about every stack and resource. A look that fails is tried again: it
 * never fails the rollout.
 * @param stackId the instance's stack when it is known, as it is before a deletion takes the instance away
 * @throws MeridianError (exit 4) when AWS doesn't answer for five minutes; the operation goes on without us
 */
export async function follow(target: Target, node: RolloutNode, request: OperationRequest, listener: Listener, stackId?: string): Promise<OperationEnd> {
  const watch = new Watch(target, node, request, listener, stackId);
  const { first, longest } = target.pollPace;
  let blindSince: number | undefined;
  for (let pause = first; ; pause = Math.min(pause * growth, longest)) {
    await sleep(pause);
    try {
      const operation = await watch.look();
      if (operation) return await watch.end(operation);
      blindSince = undefined;
    } catch (cause) {
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

class Watch {
  private readonly events: TreeEvent[] = [];
  private readonly progress: NodeProgress;
  private stacks: StackEvents | undefined;
  private stackId: string | undefined;

  constructor(
    private readonly target: Target,
    private readonly node: RolloutNode,
    private readonly request: OperationRequest,
    listener: Listener,
    private readonly givenStackId?: string,
  ) {
    this.progress = new NodeProgress(node, listener);
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
    const [result] = await operationResults(this.target, this.request);
    return {
      status: Status as OperationEnd['status'],
      ...(result?.StatusReason && { reason: result.StatusReason }),
      events: this.events,
      resources: this.progress.resources,
    };
  }

  private async readEvents(since: Date): Promise<void> {
    // Until something happens there, an instance may still name the stack that it had before.
    if (this.events.length === 0) await this.findStack(since);
    if (!this.stacks) return;
    const fresh = await this.stacks.read();
    this.events.push(...fresh);
    this.progress.tell(fresh);
  }

  private async findStack(since: Date): Promise<void> {
    const stackId = this.givenStackId ?? (await this.instanceStackId());
    if (!stackId || stackId === this.stackId) return;
    this.stackId = stackId;
    this.stacks = new StackEvents(this.target, this.node.region, stackId, since);
  }

  private async instanceStackId(): Promise<string | undefined> {
    const { home, stackSet, region } = this.request;
    try {
      const { StackInstance } = await this.target.in(home).cloudFormation.send(
        new DescribeStackInstanceCommand({ StackSetName: stackSet, StackInstanceAccount: this.target.account, StackInstanceRegion: region }),
      );
      return StackInstance?.StackId;
    } catch (error) {
      if (error instanceof StackInstanceNotFoundException) return undefined;
      throw error;
    }
  }
}
