import type { StackInstanceSummary } from '@aws-sdk/client-cloudformation';
import { NodeProgress } from '../node-progress';
import type { RolloutNode } from '../nodes';
import type { Listener } from '../progress';
import { StackEvents, type TreeEvent } from '../stack-events';
import type { Target } from '../target';

/** One account of an operation that is watched: its stack, and what has happened there. */
export class WatchedAccount {
  readonly events: TreeEvent[] = [];
  private readonly progress: NodeProgress;
  private stacks: StackEvents | undefined;
  private watched: string | undefined;

  /**
   * @param target  the account itself
   * @param named   whether events name the account, because the operation has more than one
   * @param stackId its stack when that is known, as it is before a deletion takes the instance away
   */
  constructor(
    private readonly target: Target,
    private readonly node: RolloutNode,
    listener: Listener,
    named: boolean,
    private readonly stackId: string | undefined,
  ) {
    this.progress = new NodeProgress(node, listener, named ? target.account : undefined);
  }

  get account(): string {
    return this.target.account;
  }

  get resources(): number {
    return this.progress.resources;
  }

  /** The stack that was watched. */
  get stack(): string | undefined {
    return this.watched;
  }

  /** Whether its stack can only be told by the instance: until something happens there, that may still name the one it had before. */
  get needsInstance(): boolean {
    return this.stackId === undefined && this.events.length === 0;
  }

  /**
   * Reads what is new.
   * @param instance as it stands now, when it was looked up
   * @param since    earlier events belong to an earlier operation
   */
  async read(instance: StackInstanceSummary | undefined, since: Date): Promise<void> {
    const isPending = instance?.StackInstanceStatus?.DetailedStatus === 'PENDING';
    const stackId = this.stackId ?? (this.needsInstance && !isPending ? instance?.StackId : undefined);
    if (stackId && stackId !== this.watched) {
      this.watched = stackId;
      this.stacks = new StackEvents(this.target, this.node.region, stackId, since);
    }
    if (!this.stacks) return;
    const fresh = await this.stacks.read();
    this.events.push(...fresh);
    this.progress.tell(fresh);
  }
}
