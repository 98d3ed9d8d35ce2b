import type { IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { DBSubnetGroup } from '../../../src/cfn/generated/rds';
import type { FunctionNetwork } from '../compute/function';
import { auroraCluster, type AuroraClusterHandle } from './aurora-cluster';
import { auroraInstances } from './aurora-instances';
import { auroraClusterIdentifier, auroraInstanceIdentifier, globalClusterIdentifier } from './aurora-names';
import { databaseLogs } from './database-logs';
import type { DatabaseWindows } from './database-windows';
import { enhancedMonitoringRole } from './enhanced-monitoring';
import { globalDatabase } from './global-database';
import { passwordRotation } from './password-rotation';
import { postgresParameterGroup } from './postgres-parameter-group';
import { postgresPort } from './postgres-port';
import type { ServerlessDatabaseSettings } from './serverless-database';

/** One region's share of an Aurora PostgreSQL database that stands in both, and all that belongs to it. */
export interface AuroraPostgresSettings {
  readonly size: ServerlessDatabaseSettings;
  /** Database made with the primary cluster: letters and digits. */
  readonly databaseName: string;
  /** Isolated subnets, one in each zone. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** From where the administrator's password is rotated. */
  readonly rotationNetwork: FunctionNetwork;
  /** Key of the data, in this region. */
  readonly databaseKeyArn: IntrinsicFunction;
  /** Key of the logs and of the administrator's secret. */
  readonly defaultKeyArn: IntrinsicFunction;
  /** The administrator's secret, in the primary region; made as `postgresPassword` says. */
  readonly administrator: { readonly secretName: Name; readonly secretArn: IntrinsicFunction };
  /** Backups, and patches: not in both regions at once, so that one of them always stands. */
  readonly windows: { readonly primary: DatabaseWindows; readonly secondary: DatabaseWindows };
  /** Daily start and end, `hh:mm-hh:mm` in UTC, of the hours in which neither window may be. */
  readonly busy: string;
  /** Readers that are kept as strong as the writer: see `auroraInstances`. @default as there */
  readonly readyReaders?: 'all' | 'first';
  /** Days that its logs stay in CloudWatch Logs. */
  readonly logRetentionInDays: number;
}

/**
 * Aurora PostgreSQL of one region, one to a template: the cluster with its subnet group, parameters, logs and instances; in the
 * primary also the global database that both clusters belong to, and the rotation of the administrator's password.
 * @throws MeridianError for windows that overlap each other or the busy hours
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export function auroraPostgres(t: TemplateBuilder<Parameters, unknown>, settings: AuroraPostgresSettings): AuroraClusterHandle {
  const { engineVersion, globalEngineVersion, family, instances, minimumCapacity, maximumCapacity, backupRetentionDays } = settings.size;
  const { administrator, databaseKeyArn, defaultKeyArn, logRetentionInDays, windows, busy } = settings;
  const { isPrimary } = t;
  const identifier = auroraClusterIdentifier(t);

  const subnetGroup = t.add('SubnetGroup', new DBSubnetGroup({ DBSubnetGroupName: identifier, DBSubnetGroupDescription: 'Isolated subnets of Aurora, one in each zone', SubnetIds: settings.subnetIds }));
  const parameterGroup = postgresParameterGroup(t, 'ParameterGroup', { name: t.resourceName(family), family });
  const globalCluster = globalDatabase(t, 'GlobalDatabase', { identifier: globalClusterIdentifier(t), engineVersion: globalEngineVersion, when: isPrimary });
  const { cluster, attachment } = auroraCluster(t, 'Cluster', {
    identifier,
    engineVersion,
    databaseName: settings.databaseName,
    port: postgresPort,
    parameterGroup,
    subnetGroupName: subnetGroup.ref(),
    securityGroupId: settings.securityGroupId,
    keyArn: databaseKeyArn,
    capacity: { minimum: minimumCapacity, maximum: maximumCapacity },
    global: { cluster: globalCluster, identifier: globalClusterIdentifier(t) },
    administrator,
    backupRetentionDays,
    windows,
    busy,
    after: databaseLogs(t, 'Cluster', { engine: 'aurora-postgresql', identifier, retentionInDays: logRetentionInDays, keyArn: defaultKeyArn }),
  });
  auroraInstances(t, 'Instance', {
    cluster,
    identifiers: [auroraInstanceIdentifier(t, 1), auroraInstanceIdentifier(t, 2), ...(instances === 3 ? [auroraInstanceIdentifier(t, 3)] : [])],
    ready: settings.readyReaders,
    monitoringRoleArn: enhancedMonitoringRole(t, 'MonitoringRole', t.resourceName('rds-monitoring', 'account')).att('Arn'),
    windows,
  });
  passwordRotation(t, 'RotatePassword', {
    engine: 'postgres',
    secretArn: administrator.secretArn,
    keyArn: defaultKeyArn,
    network: settings.rotationNetwork,
    logRetentionInDays,
    when: isPrimary,
    after: [attachment],
  });
  return cluster;
}
