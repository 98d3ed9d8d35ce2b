import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { DBCluster } from '../../../src/cfn/generated/rds';
import { SecretTargetAttachment } from '../../../src/cfn/generated/secretsmanager';
import { exportedLogs } from './database-logs';
import { checkedWindows, type DatabaseWindows } from './database-windows';
import type { GlobalDatabaseHandle } from './global-database';
import type { ClusterParameterGroupHandle } from './postgres-parameter-group';

export type AuroraClusterHandle = Handle<'AWS::RDS::DBCluster', 'DBClusterArn' | 'DBClusterResourceId' | 'Endpoint.Address' | 'ReadEndpoint.Address'>;

/** One region's cluster of Aurora PostgreSQL. */
export interface AuroraClusterSettings {
  readonly identifier: Name;
  readonly engineVersion: Value<string>;
  /** Database made with the primary cluster: letters and digits. */
  readonly databaseName: string;
  readonly port: number;
  readonly parameterGroup: ClusterParameterGroupHandle;
  readonly subnetGroupName: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** Further groups whose rules let clients in. @default none */
  readonly alsoSecurityGroupIds?: readonly IntrinsicFunction[];
  /** Key of storage, snapshots, backups and Performance Insights in this region: another region's is of no use here. */
  readonly keyArn: IntrinsicFunction;
  /**
   * Aurora capacity units of each serverless instance, in halves. Below a minimum of 1 PostgreSQL takes 2,000 connections at most.
   * The greater the minimum, the faster an instance grows. With a minimum of 0 instances pause after so many seconds without a
   * connection; AWS's default is 300. @default none: the instances have a class of their own
   */
  readonly capacity?: { readonly minimum: number; readonly maximum: number; readonly pauseAfterSeconds?: number };
  /**
   * The global database: its resource, which the primary region has, and the identifier by which the secondary knows it.
   * @default none: the cluster stands alone, in the primary region
   */
  readonly global?: { readonly cluster: GlobalDatabaseHandle; readonly identifier: Name };
  /**
   * The administrator's secret. Its name is read while CloudFormation deploys, its ARN is told host and port. Not
   * `ManageMasterUserPassword`: no cluster of a global database takes it.
   */
  readonly administrator: { readonly secretName: Name; readonly secretArn: IntrinsicFunction };
  /** Days of automated backups and point-in-time recovery, up to 35, in each region: a promoted cluster would begin with none. */
  readonly backupRetentionDays: number;
  readonly windows: { readonly primary: DatabaseWindows; readonly secondary: DatabaseWindows };
  /** Daily start and end, `hh:mm-hh:mm` in UTC, of the hours in which neither window may be. */
  readonly busy: string;
  /** Refuses deletion, and leaves a last snapshot and the automated backups when the cluster goes all the same. @default false */
  readonly kept?: boolean;
  readonly after: readonly Handle[];
}

/** A cluster, and what tells the administrator's secret where it stands, in the primary region. */
export interface AuroraCluster {
  readonly cluster: AuroraClusterHandle;
  readonly attachment: Handle;
}

/**
 * The cluster of whichever region the stack is in. In the primary it makes the data and has the administrator; in the secondary
 * it copies the primary's data and users, and names the region of its source, without which RDS takes no encrypted copy. There its
 * writer endpoint answers only once the region has taken over.
 *
 * RDS upgrades no member of a global database by itself, whatever `AutoMinorVersionUpgrade` says: raise `engineVersion`, and the
 * rollout upgrades the secondary first. A major version goes to the global cluster first, by hand.
 *
 * Unless it is `kept`, nothing keeps the cluster: it is deleted with its stack, backups included.
 * @throws MeridianError for windows that overlap each other or the busy hours
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/719
 */
export function auroraCluster(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AuroraClusterSettings): AuroraCluster {
  const { administrator, capacity, global, keyArn, busy, kept = false } = settings;
  const { isPrimary } = t;
  const windows = { primary: checkedWindows(settings.windows.primary, busy), secondary: checkedWindows(settings.windows.secondary, busy) };
  const byRole = (part: keyof DatabaseWindows): string | IntrinsicFunction =>
    windows.primary[part] === windows.secondary[part] ? windows.primary[part] : isPrimary.choose(windows.primary[part], windows.secondary[part]);
  const fromSecret = (field: string): IntrinsicFunction => isPrimary.only(administrator.secretName.after('{{resolve:secretsmanager:').with(`:SecretString:${field}}}`));
  const cluster = t.add(
    id,
    new DBCluster({
      DBClusterIdentifier: settings.identifier,
      ...(global ? { GlobalClusterIdentifier: isPrimary.choose(global.cluster.ref(), global.identifier), SourceRegion: t.isSecondary.only(t.context.regions.primary) } : {}),
      Engine: 'aurora-postgresql',
      EngineVersion: settings.engineVersion,
      DatabaseName: isPrimary.only(settings.databaseName),
      MasterUsername: fromSecret('username'),
      MasterUserPassword: fromSecret('password'),
      ...(capacity ? { ServerlessV2ScalingConfiguration: scaling(capacity) } : {}),
      Port: settings.port,
      DBSubnetGroupName: settings.subnetGroupName,
      VpcSecurityGroupIds: [settings.securityGroupId, ...(settings.alsoSecurityGroupIds ?? [])],
      DBClusterParameterGroupName: settings.parameterGroup.ref(),
      StorageEncrypted: true,
      KmsKeyId: keyArn,
      EnableIAMDatabaseAuthentication: true,
      EnableCloudwatchLogsExports: exportedLogs('aurora-postgresql'),
      DatabaseInsightsMode: 'standard',
      PerformanceInsightsEnabled: true,
      PerformanceInsightsRetentionPeriod: 7,
      PerformanceInsightsKmsKeyId: keyArn,
      BackupRetentionPeriod: settings.backupRetentionDays,
      PreferredBackupWindow: byRole('backup'),
      PreferredMaintenanceWindow: byRole('maintenance'),
      AutoMinorVersionUpgrade: true,
      CopyTagsToSnapshot: true,
      DeletionProtection: kept,
      DeleteAutomatedBackups: !kept,
    }).keep(kept ? 'Snapshot' : 'Delete'),
    { after: settings.after },
  );
  const attachment = t.add(`${id}Secret`, new SecretTargetAttachment({ SecretId: administrator.secretArn, TargetId: cluster.ref(), TargetType: 'AWS::RDS::DBCluster' }), { when: isPrimary });
  return { cluster, attachment };
}

/** Bounds of serverless instances. Aurora takes a time until they pause only with a minimum of 0. */
function scaling({ minimum, maximum, pauseAfterSeconds = 300 }: NonNullable<AuroraClusterSettings['capacity']>): DBCluster.ServerlessV2ScalingConfiguration {
  return { MinCapacity: minimum, MaxCapacity: maximum, ...(minimum === 0 ? { SecondsUntilAutoPause: pauseAfterSeconds } : {}) };
}
