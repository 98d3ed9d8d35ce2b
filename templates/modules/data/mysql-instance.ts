import { Fn, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { DBInstance } from '../../../src/cfn/generated/rds';
import { SecretTargetAttachment } from '../../../src/cfn/generated/secretsmanager';
import { checkedWindows, type DatabaseWindows } from './database-windows';
import { operated, type MysqlOperation } from './mysql-operation';

export type DatabaseHandle = Handle<'AWS::RDS::DBInstance', 'DBInstanceArn' | 'DbiResourceId' | 'Endpoint.Address' | 'Endpoint.Port'>;

/** A MySQL instance that writes. */
export interface MysqlInstanceSettings {
  readonly identifier: Name;
  readonly engineVersion: string;
  /** Schema made with the instance: letters and digits. */
  readonly databaseName: string;
  readonly operation: MysqlOperation;
  readonly subnetGroupName: IntrinsicFunction;
  /** Key of storage, snapshots and backups in this region. */
  readonly keyArn: IntrinsicFunction;
  /** A synchronous standby in another zone; without it, the instance is pinned to the region's first zone. */
  readonly multiAz: boolean;
  /**
   * The administrator's secret. Its name is read while CloudFormation deploys, its ARN is told host and port. Not
   * `ManageMasterUserPassword`: a source whose password RDS manages can have no read replica.
   */
  readonly administrator: { readonly secretName: Name; readonly secretArn: IntrinsicFunction };
  /** Days of automated backups and point-in-time recovery, up to 35. */
  readonly backupRetentionDays: number;
  /** Also keeps the automated backups in another region, under a key of that region. @default none */
  readonly backupReplication?: { readonly region: string; readonly keyArn: IntrinsicFunction };
  readonly windows: DatabaseWindows;
  /** Takes a final snapshot, and keeps the automated backups, when the instance goes. */
  readonly finalSnapshot: boolean;
  readonly when?: Condition;
  readonly after: readonly Handle[];
}

/** An instance, and what tells its administrator's secret where it stands. */
export interface MysqlInstance {
  readonly instance: DatabaseHandle;
  readonly attachment: Handle;
}

/**
 * A MySQL instance whose administrator's name and password come from a secret and are in no template. Resolving is by name, so
 * that a rotated password changes no template either.
 * @throws MeridianError for windows that overlap, and as `operated` does
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
 */
export function mysqlInstance(t: TemplateBuilder<Parameters, unknown>, id: string, settings: MysqlInstanceSettings): MysqlInstance {
  const { administrator, backupReplication, finalSnapshot, when } = settings;
  const windows = checkedWindows(settings.windows);
  const fromSecret = (field: string): IntrinsicFunction => Fn.Sub(`{{resolve:secretsmanager:${administrator.secretName.text}:SecretString:${field}}}`);
  const instance = t.add(
    id,
    new DBInstance({
      ...operated(settings.operation),
      DBInstanceIdentifier: settings.identifier,
      Engine: 'mysql',
      EngineVersion: settings.engineVersion,
      DBName: settings.databaseName,
      MasterUsername: fromSecret('username'),
      MasterUserPassword: fromSecret('password'),
      DBSubnetGroupName: settings.subnetGroupName,
      MultiAZ: settings.multiAz,
      ...(settings.multiAz ? {} : { AvailabilityZone: Fn.Select(0, Fn.GetAZs('')) }),
      StorageEncrypted: true,
      KmsKeyId: settings.keyArn,
      BackupRetentionPeriod: settings.backupRetentionDays,
      PreferredBackupWindow: windows.backup,
      PreferredMaintenanceWindow: windows.maintenance,
      DeleteAutomatedBackups: !finalSnapshot,
      ...(backupReplication
        ? {
            AutomaticBackupReplicationRegion: backupReplication.region,
            AutomaticBackupReplicationKmsKeyId: backupReplication.keyArn,
            AutomaticBackupReplicationRetentionPeriod: settings.backupRetentionDays,
          }
        : {}),
    }).keep(finalSnapshot ? 'Snapshot' : 'Delete'),
    { when, after: settings.after },
  );
  const attachment = t.add(`${id}Secret`, new SecretTargetAttachment({ SecretId: administrator.secretArn, TargetId: instance.ref(), TargetType: 'AWS::RDS::DBInstance' }), { when });
  return { instance, attachment };
}
