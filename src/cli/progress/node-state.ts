import type { NodeAction, NodeOutcome, NodeReference, RolloutEvent } from '../../rollout';
import { shortCause } from '../render/place';

/** What is known of a nested stack of a node. */
export interface StackState {
  readonly done: number;
  readonly total: number;
  /** CREATE_IN_PROGRESS and so on. */
  readonly status: string;
  /** The resource whose event came last, while it is under way. */
  readonly current?: { readonly logicalId: string; readonly status: string };
}

/** What is known of a node while a rollout runs. */
export interface NodeState {
  readonly node: NodeReference;
  readonly action?: NodeAction;
  /** Milliseconds, by the clock of `performance.now()`. */
  readonly startedAt?: number;
  readonly total: number;
  /** Nested stacks by their path, in the order in which they were first heard of. */
  readonly stacks: ReadonlyMap<string, StackState>;
  readonly note?: string;
  readonly end?: { readonly outcome: NodeOutcome; readonly resources: number; readonly seconds: number; readonly reason?: string };
}

/** A node that nothing is known of yet. */
export const waitingNode = (node: NodeReference): NodeState => ({ node, total: 0, stacks: new Map() });

/**
 * A node's state after an event of its own.
 * @param now milliseconds, by the clock of `performance.now()`
 */
export function afterEvent(state: NodeState, event: RolloutEvent, now: number): NodeState {
  switch (event.type) {
    case 'node-start':
      return { ...state, action: event.action, total: event.total, startedAt: now, note: undefined };
    case 'stack':
      return withStack(state, event.path, ({ current }) => ({ done: event.done, total: event.total, status: event.status, ...(current && { current }) }));
    case 'resource':
      return withStack(state, event.path, (stack) => {
        const { logicalId, status } = event;
        const through = status.endsWith('_COMPLETE') ? stack.done + 1 : stack.done;
        return { ...stack, done: Math.min(through, stack.total || through), current: status.endsWith('_COMPLETE') ? undefined : { logicalId, status } };
      });
    case 'waiting':
      return { ...state, note: `waits for operation ${event.operation.operationId}` };
    case 'note':
      return { ...state, note: event.message };
    case 'gate':
      return event.passed ? state : { ...state, note: event.message };
    case 'node-done':
      return { ...state, note: undefined, end: { outcome: event.outcome, resources: event.resources, seconds: event.seconds, reason: shortCause(event) } };
    default:
      return state;
  }
}

function withStack(state: NodeState, path: readonly string[], change: (stack: StackState) => StackState): NodeState {
  const key = path.join(' ▸ ');
  const stack = state.stacks.get(key) ?? { done: 0, total: 0, status: '' };
  return { ...state, stacks: new Map(state.stacks).set(key, change(stack)) };
}
