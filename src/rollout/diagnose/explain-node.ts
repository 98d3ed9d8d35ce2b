import type { OperationEnd } from '../follow';
import type { NodeResult } from '../node-result';
import type { Target } from '../target';
import { withOrigins } from './explain';

/**
 * The result of a node with where the values come from that its root cause speaks of. What CloudFormation doesn't answer now is left out:
 * the failure itself is told in any case, and `meridian diagnose` asks again.
 */
export async function explainNode(target: Target, result: NodeResult, end: OperationEnd | undefined): Promise<NodeResult> {
  const failed = end?.accounts.find(({ status }) => status === 'FAILED');
  if (!result.rootCause || !failed) return result;
  try {
    return { ...result, rootCause: await withOrigins(target.of(failed.account), result.node.region, failed.events, result.rootCause) };
  } catch (error) {
    if (error instanceof Error && '$metadata' in error) return result;
    throw error;
  }
}
