import { drop, edit, onlyFirst, removed, replace, turn } from '../mistakes';
import type { Operator } from '../operator';

const plan = ['AWS::ARCRegionSwitch::Plan'];
const failover = ['NIST 800-53 r5 CP-10', 'NIST 800-53 r5 CP-7', 'SOC 2 A1.2'];

/** Mistakes in what moves a system to its other region, and in internal names. */
export const recoveryOperators: readonly Operator[] = [
  { id: 'switch-removed', title: 'There is no plan that moves the system to its other region', severity: 'HIGH', controls: failover, types: plan, mistake: removed },
  { id: 'switch-one-way', title: 'The plan knows one direction', severity: 'MEDIUM', controls: failover, types: plan, mistake: onlyFirst('Workflows', 1) },
  { id: 'switch-other-region', title: 'The plan names a region in which nothing of ours stands', severity: 'HIGH', controls: failover, types: plan, mistake: edit('Regions', (regions) => (Array.isArray(regions) && regions.length > 1 ? [regions[0] ?? '', 'eu-west-1'] : undefined)) },
  { id: 'switch-without-alarms', title: 'Nothing measures how long a switch takes', severity: 'LOW', controls: ['SOC 2 A1.3'], types: plan, mistake: drop('AssociatedAlarms') },
  { id: 'switch-slow', title: 'The plan promises recovery within a day', severity: 'LOW', controls: failover, types: plan, mistake: turn('RecoveryTimeObjectiveMinutes', 1440) },
  { id: 'switch-steps-removed', title: 'The plan has no steps', severity: 'HIGH', controls: failover, types: plan, mistake: turn('Workflows[].Steps', []) },
  { id: 'discovery-private-namespace-removed', title: 'Services do not find each other', severity: 'MEDIUM', controls: failover, types: ['AWS::ServiceDiscovery::Service'], mistake: removed },
  { id: 'discovery-slow', title: 'Clients keep the address of a dead task for an hour', severity: 'MEDIUM', controls: failover, types: ['AWS::ServiceDiscovery::Service'], mistake: turn('DnsConfig.DnsRecords[].TTL', '3600') },
  { id: 'parameter-in-plain-text', title: 'A secret stands in the parameter store in plain text', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: ['AWS::SSM::Parameter'], mistake: replace('Value', 'password=Winter-2026-kasha') },
  { id: 'parameter-fixed-name', title: 'The parameter has a name that a second environment would take too', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CM-8'], types: ['AWS::SSM::Parameter'], mistake: replace('Name', '/application/value') },
];
