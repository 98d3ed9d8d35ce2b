import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { nameKey, shownName } from './name-key';
import type { PlacedResource } from './placed-resource';

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html */
export const failoverRecords: Invariant = {
  id: 'failover_records_come_in_pairs',
  title: 'Failover records of a name are one primary and one secondary, told apart by their identifiers, and the primary is checked',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-10', 'NIST 800-53 r5 SI-13(5)', 'SOC 2 A1.2', 'MAS TRM 2021 8.1'],
  requirements: ['KSH-107'],
  fix: 'Let failoverRecord() write one record in each region, with the health check of its region',
  judge: (environment) => judgeEach([...groupsOf(environment).values()], (records) => [...wrongPair(records), ...records.flatMap((record) => unchecked(record))]),
};

/** Failover records by name and type; those of whose name deployment decides too much are left out. */
function groupsOf(environment: EnvironmentResources): Map<string, PlacedResource[]> {
  const groups = new Map<string, PlacedResource[]>();
  for (const record of environment.of('AWS::Route53::RecordSet')) {
    const name = nameKey(record.at('Name'));
    if (typeof record.at('Failover') !== 'string' || name === undefined) continue;
    const key = `${name.replace(/\.$/, '')} ${String(record.at('Type'))}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return groups;
}

function wrongPair(records: readonly PlacedResource[]): Violation[] {
  const [first, second] = records as [PlacedResource, PlacedResource?];
  const name = shownName(first.at('Name'));
  const roles = records.map((record) => String(record.at('Failover')));
  const now = `${name}: ${records.map((record, index) => `${roles[index]} in ${record.region}`).join(', ')}`;
  if ([...roles].sort().join() !== 'PRIMARY,SECONDARY') return [{ resource: first, property: 'Failover', what: 'Failover records of a name are not one primary and one secondary', now }];
  const [own, other] = [first, second].map((record) => nameKey(record?.at('SetIdentifier')));
  if (own === undefined || own !== other) return [];
  return [{ resource: second ?? first, property: 'SetIdentifier', what: 'Both failover records of a name have the same identifier: the second overwrites the first', now: `SetIdentifier: ${own}` }];
}

/** A primary without a check never fails over. */
function unchecked(record: PlacedResource): Violation[] {
  const evaluated = record.at('AliasTarget.EvaluateTargetHealth');
  const checked = record.at('HealthCheckId') !== undefined || (evaluated !== undefined && evaluated !== false && evaluated !== 'false');
  if (checked || record.at('Failover') !== 'PRIMARY') return [];
  return [{ resource: record, property: 'HealthCheckId', what: 'Nothing tells Route 53 when the record fails', now: 'HealthCheckId: (absent), EvaluateTargetHealth: false' }];
}
