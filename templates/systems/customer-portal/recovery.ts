import type { RecoveryTargets } from '../../../src/cfn';

/**
 * What the portal promises of a lost region: it writes again after half an hour, and loses a minute of writes at most. Its owner names
 * no times; these are what the plan's time-outs and people can keep. Ten of the thirty minutes are the on-call engineer's, from the
 * failed health check to the started plan, being called included: nobody needs to sit at a screen for it.
 */
export const recoveryTargets = { timeMinutes: 30, pointSeconds: 60, decisionMinutes: 10, toldSeconds: 120 } as const satisfies RecoveryTargets;

/** The page that says how somebody moves the portal to the other region. */
export const failoverRunbook = 'docs/runbooks/customer-portal/failover.md';
