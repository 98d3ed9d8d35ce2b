import { drop } from '../mistakes';
import type { Operator } from '../operator';

/** Mistakes in policies of an organisation. */
export const organizationOperators: readonly Operator[] = [
  { id: 'scp-denies-everybody', title: 'The policy against root users denies everything to everybody', severity: 'CRITICAL', controls: ['NIST 800-53 r5 AC-6', 'SOC 2 CC6.1'], types: ['AWS::Organizations::Policy'], mistake: drop('Content.Statement[].Condition') },
];
