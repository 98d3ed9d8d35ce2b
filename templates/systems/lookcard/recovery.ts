import type { RecoveryTargets } from '../../../src/cfn';

/** What production promises of a lost region, whose other keeps a pilot light: it writes again after half an hour, and loses a minute of writes at most. */
export const recoveryTargets = { timeMinutes: 30, pointSeconds: 60, decisionMinutes: 5, toldSeconds: 120 } as const satisfies RecoveryTargets;

/** The page that says how somebody moves production to the other region. */
export const failoverRunbook = 'docs/runbooks/lookcard/failover.md';
