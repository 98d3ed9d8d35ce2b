import { Fn, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { DBInstance } from '../../../src/cfn/generated/rds';
import { checkedWindows, type DatabaseWindows } from './database-windows';
import type { DatabaseHandle } from './mysql-instance';
import { operated, type MysqlOperation } from './mysql-operation';

/** What the replicas of one region and those of another have in common. */
interface ReplicaSettings {
  readonly identifier: Name;
  readonly operation: MysqlOperation;
  /** Earlier in the week than the source's: MySQL replicates from old to new, not back. */
  readonly windows: DatabaseWindows;
  readonly when?: Condition;
  readonly after: readonly Handle[];
}

/** A read replica in its source's region. */
export interface ReadReplicaSettings extends ReplicaSettings {
  readonly source: DatabaseHandle;
}

/**
 * A read replica pinned to the region's second zone; a source without standby is in the first. Engine, subnet group, encryption
 * and key are the source's, and RDS takes no others here. Backups stay with the source, so there is no final snapshot either.
 *
 * A source with standby moves between both zones, so that no zone is always another than its own: what holds is that the loss
 * of a zone leaves at least one copy.
 * @throws MeridianError as `operated` and `checkedWindows` do
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html
 */
export function readReplica(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ReadReplicaSettings): DatabaseHandle {
  const { identifier, operation, source, windows, when, after } = settings;
  return t.add(
    id,
    new DBInstance({
      ...operated(operation),
      DBInstanceIdentifier: identifier,
      SourceDBInstanceIdentifier: source.ref(),
      AvailabilityZone: Fn.Select(1, Fn.GetAZs('')),
      MultiAZ: false,
      PreferredMaintenanceWindow: checkedWindows(windows).maintenance,
    }).keep('Delete'),
    { when, after },
  );
}

/** A read replica in another region than its source. */
export interface CrossRegionReadReplicaSettings extends ReplicaSettings {
  /** Where the source is; its ARN is made of its agreed name, because its stack stands in another region. */
  readonly source: { readonly identifier: Name; readonly region: string };
  readonly subnetGroupName: IntrinsicFunction;
  /** Key of this region: the source's is of no use here. */
  readonly keyArn: IntrinsicFunction;
  /** A standby from the start: converting takes too long for a replica that was just promoted in a disaster. */
  readonly multiAz: boolean;
  /** Days of its own backups, without which a promoted replica would begin with none. */
  readonly backupRetentionDays: number;
}

/**
 * A read replica that another region's loss makes the writer, by promotion. It has no administrator of its own: it copies the
 * source's users and passwords. Engine and encryption are the source's too, so that only the key is named.
 * @throws MeridianError as `operated` and `checkedWindows` do
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html
 */
export function crossRegionReadReplica(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CrossRegionReadReplicaSettings): DatabaseHandle {
  const { identifier, operation, source, when, after } = settings;
  const windows = checkedWindows(settings.windows);
  return t.add(
    id,
    new DBInstance({
      ...operated(operation),
      DBInstanceIdentifier: identifier,
      SourceDBInstanceIdentifier: Fn.Sub(`arn:\${AWS::Partition}:rds:${source.region}:\${AWS::AccountId}:db:${source.identifier.text}`),
      SourceRegion: source.region,
      DBSubnetGroupName: settings.subnetGroupName,
      MultiAZ: settings.multiAz,
      KmsKeyId: settings.keyArn,
      BackupRetentionPeriod: settings.backupRetentionDays,
      PreferredBackupWindow: windows.backup,
      PreferredMaintenanceWindow: windows.maintenance,
    }).keep('Delete'),
    { when, after },
  );
}
