import { Unknown, type Value } from '../../resolve';
import { valueOf } from '../value-path';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/** Whether a store keeps backups by a setting of its own; undefined when deployment decides. */
const ownBackup: Readonly<Record<string, (store: PlacedResource) => boolean | undefined>> = {
  'AWS::DynamoDB::GlobalTable': (store) => truth(store.all('Replicas.*.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'), store.all('Replicas.*').length),
  'AWS::DynamoDB::Table': (store) => truth(store.all('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'), 1),
  'AWS::EFS::FileSystem': (store) => truth(store.all('BackupPolicy.Status').map((status) => (typeof status === 'string' ? status === 'ENABLED' : status)), 1),
  // Without a number RDS and Aurora keep one day.
  'AWS::RDS::DBCluster': (store) => days(store.at('BackupRetentionPeriod')),
  'AWS::RDS::DBInstance': (store) => days(store.at('BackupRetentionPeriod')),
};

/**
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
export const backups: Invariant = {
  id: 'data_stores_are_backed_up',
  title: 'Every database, table and file system of production is backed up by a setting of its own or by a backup plan',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-9', 'SOC 2 A1.2', 'MAS TRM 2021 8.4'],
  requirements: ['KSH-60', 'KSH-62', 'KSH-65'],
  fix: 'Set its backup retention or point-in-time recovery, or add it to the selection of backupPlan()',
  judge: (environment) => {
    const stores = environment.of(...Object.keys(ownBackup)).filter((store) => isProduction(environment, store) && !isCopy(store));
    const selections = environment.of('AWS::Backup::BackupSelection');
    return judgeEach(stores, (store) => {
      if (ownBackup[store.type]?.(store) !== false || selections.some((selection) => selects(environment, selection, store))) return [];
      return [{ resource: store, what: 'Nothing backs the data up', now: 'no setting of its own, and in no BackupSelection' }];
    });
  },
};

function isProduction(environment: EnvironmentResources, store: PlacedResource): boolean {
  return environment.isProduction || (store.tag('Environment') ?? '').startsWith('production');
}

/** A replica, whose source keeps the backups, or a member of a cluster, which keeps them itself. */
function isCopy(store: PlacedResource): boolean {
  const sources = ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier', ...(store.type === 'AWS::RDS::DBInstance' ? ['DBClusterIdentifier'] : [])];
  return sources.some((property) => store.at(property) !== undefined);
}

/** By its ARN, by all of everything, or by a tag; what deployment decides may select anything. */
function selects(environment: EnvironmentResources, selection: PlacedResource, store: PlacedResource): boolean {
  const resources = selection.all('BackupSelection.Resources.*');
  const mayMean = (resource: Value): boolean => environment.targets(resource).includes(store) || (resource instanceof Unknown && environment.targets(resource).length === 0);
  if (resources.some((resource) => resource === '*' || mayMean(resource))) return true;
  const tags = selection.all('BackupSelection.ListOfTags.*');
  return tags.some((tag) => {
    const [key, value] = [valueOf(tag, 'ConditionKey'), valueOf(tag, 'ConditionValue')];
    return typeof key !== 'string' || typeof value !== 'string' || store.tag(key) === value;
  });
}

function truth(values: readonly Value[], wanted: number): boolean | undefined {
  if (values.some((value) => value instanceof Unknown)) return undefined;
  return wanted > 0 && values.length >= wanted && values.every((value) => value === true || value === 'true');
}

function days(value: Value | undefined): boolean | undefined {
  if (value instanceof Unknown) return undefined;
  return value === undefined || Number(value) > 0;
}
