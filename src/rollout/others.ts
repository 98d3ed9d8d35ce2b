import { MeridianError } from '../errors';
import type { Journal } from './journal/journal';
import type { RolloutNode } from './nodes';
import { describeOperation, listOperations } from './operation';
import { firstOfStackSets } from './planned-nodes';
import { readStackSet, type StackSetState } from './stack-set';
import type { Target } from './target';

/**
 * Notices what somebody else does to the StackSets of a rollout while that runs, from another machine too: each region would be rolled
 * over what the other has just rolled. StackSets themselves only refuse two operations at the same time.
 */
export class Others {
  private constructor(private readonly target: Target, private readonly journal: Journal, private readonly known: ReadonlyMap<string, ReadonlySet<string> | undefined>) {}

  /** Remembers what stands and every operation up to now. Changes nothing. */
  static async from(target: Target, journal: Journal, nodes: readonly RolloutNode[]): Promise<Others> {
    const found = await Promise.all(
      firstOfStackSets(nodes).map(async ({ stackSet, build }) => {
        const operations = await listOperations(target, build.homeRegion, stackSet);
        const stands = operations.length > 0 || (await readStackSet(target, build.homeRegion, stackSet)) !== undefined;
        return [stackSet, stands ? new Set(operations.map(({ OperationId = '' }) => OperationId)) : undefined] as const;
      }),
    );
    return new Others(target, journal, new Map(found));
  }

  /**
   * Stops before a StackSet that somebody else has made or changed since; to look for drift is no change.
   * @param state the StackSet as it stands
   * @throws MeridianError (exit 4) naming the operation
   */
  async refuse({ stackSet, build, deployment, region }: RolloutNode, state: StackSetState | undefined): Promise<void> {
    const known = this.known.get(stackSet);
    const calls = this.journal.runs.flatMap((run) => run.calls).filter((call) => call.stackSet === stackSet);
    const own = new Set(calls.map(({ operationId }) => operationId));
    const foreign = (await listOperations(this.target, build.homeRegion, stackSet)).find(
      ({ OperationId = '', Action }) => Action !== 'DETECT_DRIFT' && !known?.has(OperationId) && !own.has(OperationId),
    );
    const isMade = state !== undefined && known === undefined && own.size === 0;
    if (!foreign && !isMade) return;
    const { OperationId = '', Action = '', CreationTimestamp = new Date(0) } = foreign ?? {};
    const what = foreign ? `${describeOperation({ stackSet, operationId: OperationId, action: Action, startedAt: CreationTimestamp }).replace('runs since', 'began at')}` : 'it was made';
    throw new MeridianError(
      `Node ${deployment} in ${region} not begun: somebody else rolls StackSet ${stackSet} too, ${what} after this rollout had looked at it. ` +
        'Settle which of the two is meant, wait until the other has ended, and run the same command again.',
      4,
    );
  }
}
