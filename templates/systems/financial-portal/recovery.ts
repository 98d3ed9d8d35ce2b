import type { RecoveryTargets } from '../../../src/cfn';

/**
 * What the portal has promised of a lost region: it writes again after fifteen minutes, and loses a minute of writes at most. Five
 * of the fifteen are the on-call engineer's, from the failed health check to the started plan, being called included.
 */
export const recoveryTargets = { timeMinutes: 15, pointSeconds: 60, decisionMinutes: 5, toldSeconds: 120 } as const satisfies RecoveryTargets;

/** The page that says how somebody moves the portal to the other region. */
export const failoverRunbook = 'docs/runbooks/financial-portal/failover.md';
