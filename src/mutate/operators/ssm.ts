import { replace, set } from '../mistakes';
import type { Operator } from '../operator';

const session = ['AWS::SSM::Document'];
const recorded = ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-12'];

/** Mistakes in how people open instances by Session Manager. */
export const systemsManagerOperators: readonly Operator[] = [
  { id: 'session-not-logged', title: 'Nobody can tell what was typed on the instance', severity: 'HIGH', controls: recorded, types: session, mistake: replace('Content.inputs.cloudWatchLogGroupName', '') },
  { id: 'session-log-plain', title: 'Sessions may be logged to a group without encryption', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.3.2', 'NIST 800-53 r5 SC-28'], types: session, mistake: set('Content.inputs.cloudWatchEncryptionEnabled', false) },
  { id: 'session-without-key', title: 'Sessions pass through the service without a key of our own', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-17(2)'], types: session, mistake: replace('Content.inputs.kmsKeyId', '') },
  { id: 'session-stays-open', title: 'An abandoned session stays open for an hour', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 8.2.8', 'NIST 800-53 r5 AC-12'], types: session, mistake: set('Content.inputs.idleSessionTimeout', '60') },
];
