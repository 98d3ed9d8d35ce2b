import type { AccountResult } from './accounts/account-result';
import type { OperationReference } from './operation';
import type { RootCause } from './root-cause';

/** A deployment in one region: the unit that a rollout changes, watches and reports. */
export interface NodeReference {
  readonly system: string;
  readonly environment: string;
  readonly deployment: string;
  readonly region: string;
}

/** What happens to a node: its stack is made, changed, made anew after a failed first creation, left as it is, or removed. */
export type NodeAction = 'create' | 'update' | 'recreate' | 'none' | 'delete';

/** What a node that begins is said to do: an update that brings it back to the version before is called so. */
export type ToldAction = NodeAction | 'roll-back';

/** How a node ended. */
export type NodeOutcome = 'done' | 'unchanged' | 'skipped' | 'failed' | 'stopped' | 'not-started' | 'rolled-back';

/**
 * What a rollout or a destroy tells while it runs, in the order in which it happens. `path` is the way of logical ids from the
 * root stack to a nested one: `[]` is the root, `['Data']` its nested stack `Data`. `seconds` count from the node's start. `account` and
 * `accounts` are told only where a node has more than one.
 */
export type RolloutEvent =
  | { readonly type: 'bootstrap'; readonly account?: string; readonly stack: string; readonly region: string; readonly action: 'create' | 'update' | 'none' }
  | { readonly type: 'package'; readonly account?: string; readonly region: string; readonly uploaded: number; readonly present: number; readonly bytes: number }
  | { readonly type: 'plan'; readonly nodes: readonly NodeReference[] }
  | { readonly type: 'waiting'; readonly node: NodeReference; readonly operation: OperationReference }
  | { readonly type: 'node-start'; readonly node: NodeReference; readonly action: ToldAction; readonly total: number; readonly operationId?: string; readonly accounts?: readonly string[] }
  | {
      readonly type: 'stack';
      readonly node: NodeReference;
      readonly account?: string;
      readonly path: readonly string[];
      readonly status: string;
      /** Resources of this stack that are through, and how many its template has; conditions may leave some out. */
      readonly done: number;
      readonly total: number;
      readonly seconds: number;
    }
  | {
      readonly type: 'resource';
      readonly node: NodeReference;
      readonly account?: string;
      readonly path: readonly string[];
      readonly logicalId: string;
      readonly resourceType: string;
      readonly status: string;
      readonly reason?: string;
      readonly seconds: number;
    }
  | {
      readonly type: 'node-done';
      readonly node: NodeReference;
      readonly outcome: NodeOutcome;
      readonly resources: number;
      readonly seconds: number;
      readonly reason?: string;
      readonly rootCause?: RootCause;
      readonly accounts?: readonly AccountResult[];
    }
  | { readonly type: 'gate'; readonly node: NodeReference; readonly gate: 'delegation' | 'images'; readonly passed: boolean; readonly message: string }
  | {
      readonly type: 'bake';
      readonly node: NodeReference;
      /** The nodes that wait for it. */
      readonly holds: readonly NodeReference[];
      /** `begins`, then `waits` before each pause, then how it ended: no alarm, one, or cut off. */
      readonly state: 'begins' | 'waits' | 'quiet' | 'alarm' | 'aborted';
      readonly seconds: number;
      /** Seconds that are left. */
      readonly left: number;
      /** How many alarms are watched. */
      readonly alarms: number;
    }
  /** What a rollout changed goes back: the nodes in their order. */
  | { readonly type: 'rollback'; readonly nodes: readonly NodeReference[] }
  /** Something that does not stop the rollout, for example a poll that failed and is tried again. */
  | { readonly type: 'note'; readonly node?: NodeReference; readonly message: string };

/** Takes events as they happen. It must not throw, and what it returns is not awaited. */
export type Listener = (event: RolloutEvent) => void;
