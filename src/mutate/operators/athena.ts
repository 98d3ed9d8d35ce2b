import { drop, turn } from '../mistakes';
import type { Operator } from '../operator';

const workgroup = ['AWS::Athena::WorkGroup'];
const encrypted = ['PCI DSS 4.0.1 3.5.1', 'NIST 800-53 r5 SC-28'];

/** Mistakes in workgroups of Athena. */
export const athenaOperators: readonly Operator[] = [
  { id: 'athena-client-decides', title: 'Whoever asks decides where results go and whether they are encrypted', severity: 'MEDIUM', controls: encrypted, types: workgroup, mistake: turn('WorkGroupConfiguration.EnforceWorkGroupConfiguration', false) },
  { id: 'athena-results-unencrypted', title: 'Results of queries are written without encryption of their own', severity: 'MEDIUM', controls: encrypted, types: workgroup, mistake: drop('WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration') },
  { id: 'athena-reads-without-limit', title: 'One query may read, and cost, without limit', severity: 'LOW', controls: ['SOC 2 CC7.2'], types: workgroup, mistake: drop('WorkGroupConfiguration.BytesScannedCutoffPerQuery') },
];
