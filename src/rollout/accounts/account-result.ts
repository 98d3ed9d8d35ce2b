import type { ManifestDeployment } from '../../build/manifest';
import type { NodeChange } from '../change';
import type { OperationEnd } from '../follow';
import type { NodeAction } from '../progress';
import { rootCause, type RootCause } from '../root-cause';

/**
 * How a node ended in one account. `cancelled`: StackSets did not begin there, because more accounts had failed than may;
 * `left-out`: an earlier node had failed there, and this one would have met what that lacks.
 */
export type AccountOutcome = 'done' | 'unchanged' | 'failed' | 'cancelled' | 'left-out';

/** What happened to a node in one account. */
export interface AccountResult {
  readonly account: string;
  readonly action: NodeAction;
  readonly outcome: AccountOutcome;
  readonly because: readonly string[];
  readonly stackId?: string;
  /** StackSets' reason when it failed, or why it was left out. */
  readonly reason?: string;
  readonly rootCause?: RootCause;
}

const outcomes = { SUCCEEDED: 'done', FAILED: 'failed', CANCELLED: 'cancelled' } as const;

/**
 * What happened in each account.
 * @param changes  what the accounts had to do
 * @param end      how the operation ended; undefined when there was none
 * @param stackIds by account
 */
export function accountResults(definition: ManifestDeployment, changes: ReadonlyMap<string, NodeChange>, end: OperationEnd | undefined, stackIds: ReadonlyMap<string, string>): AccountResult[] {
  return [...changes].map(([account, { action, reasons: because }]): AccountResult => {
    const ended = end?.accounts.find((each) => each.account === account);
    const stackId = stackIds.get(account) ?? ended?.stackId;
    const outcome = ended ? outcomes[ended.status] : action === 'none' ? 'unchanged' : 'cancelled';
    const cause = outcome === 'failed' ? rootCause(ended?.events ?? [], definition) : undefined;
    return { account, action, outcome, because, ...(stackId && { stackId }), ...(ended?.reason && { reason: ended.reason }), ...(cause && { rootCause: cause }) };
  });
}

/** The accounts that failed, of a node that may have more than one. */
export function failedAccounts(accounts: readonly AccountResult[] = []): AccountResult[] {
  return accounts.filter(({ outcome }) => outcome === 'failed');
}
