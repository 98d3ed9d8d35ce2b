import { failedAccounts } from './account-result';
import { failureOf, type NodeResult } from '../node-result';
import { placeOf, withoutStop, type Stop } from '../stop';

/** What to say of a rollout that got to its end although accounts failed, as many as may: it has not succeeded. */
export function toleratedFailures(results: readonly NodeResult[]): Stop | undefined {
  const failures = results.filter(({ outcome }) => outcome === 'done').flatMap((result) => failedAccounts(result.accounts).map((failed) => ({ node: result.node, failed })));
  if (failures.length === 0) return undefined;
  const list = failures.map(({ node, failed }) => `account ${failed.account} in ${placeOf(node)}: ${withoutStop(failureOf(failed))}`).join('; ');
  return {
    exitCode: 3,
    why: 'accounts failed',
    what: `Rolled, but not everywhere: ${list}.`,
    next: `Later deployments left ${failures.length === 1 ? 'that account' : 'those accounts'} out; correct the cause and run the same command again.`,
  };
}
