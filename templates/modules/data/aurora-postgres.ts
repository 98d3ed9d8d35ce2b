import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { DBSubnetGroup } from '../../../src/cfn/generated/rds';
import type { FunctionNetwork } from '../compute/function';
import { auroraCluster, type AuroraClusterHandle } from './aurora-cluster';
import { auroraInstances } from './aurora-instances';
import { auroraClusterIdentifier, auroraInstanceIdentifier, auroraSubnetGroupName, globalClusterIdentifier } from './aurora-names';
import { databaseLogs } from './database-logs';
import type { DatabaseWindows } from './database-windows';
import { enhancedMonitoringRole } from './enhanced-monitoring';
import { globalDatabase } from './global-database';
import { passwordRotation } from './password-rotation';
import { postgresParameterGroup } from './postgres-parameter-group';
import { postgresPort } from './postgres-port';
import type { ProvisionedDatabaseSettings } from './provisioned-database';
import { readerScaling } from './reader-scaling';
import type { ServerlessDatabaseSettings } from './serverless-database';

/** One region's share of an Aurora PostgreSQL database, and all that belongs to it. */
export interface AuroraPostgresSettings {
  /** Serverless, or of a fixed class: then the secondary is a pilot light with one instance, and readers come and go in the primary. */
  readonly size: ServerlessDatabaseSettings | ProvisionedDatabaseSettings;
  /** Version of the cluster, where a parameter gives it. @default the size's */
  readonly engineVersion?: IntrinsicFunction;
  /** Where it stands: both regions are a global database, the primary alone needs none. @default both */
  readonly standsIn?: 'both' | 'primary';
  /** Database made with the primary cluster: letters and digits. */
  readonly databaseName: string;
  /** Isolated subnets, one in each zone. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** As `auroraCluster` has them. @default none */
  readonly alsoSecurityGroupIds?: readonly IntrinsicFunction[];
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
  /** Refuses deletion, and leaves what `auroraCluster` and `globalDatabase` say. @default false */
  readonly kept?: boolean;
  /** Days that its logs stay in CloudWatch Logs. */
  readonly logRetentionInDays: number;
}

/** How the two kinds of size differ. */
interface Capacity {
  readonly instanceClass?: string;
  /** Bounds of serverless instances. */
  readonly capacity?: { readonly minimum: number; readonly maximum: number; readonly pauseAfterSeconds?: number };
  /** Instances that the templates make, the writer among them. */
  readonly instances: number;
}

function capacityOf(size: AuroraPostgresSettings['size']): Capacity {
  if ('instanceClass' in size) return { instanceClass: size.instanceClass, instances: 1 + size.readers.minimum };
  return { capacity: { minimum: size.minimumCapacity, maximum: size.maximumCapacity, pauseAfterSeconds: size.pauseAfterSeconds }, instances: size.instances };
}

/** A region's cluster, and what others of its template refer to. */
export interface AuroraDatabase {
  readonly cluster: AuroraClusterHandle;
  /** The first writes where the region does. */
  readonly instances: readonly Handle[];
  readonly subnetGroupName: IntrinsicFunction;
}

/** The cluster of `auroraDatabase`. */
export const auroraPostgres = (t: TemplateBuilder<Parameters, unknown>, settings: AuroraPostgresSettings): AuroraClusterHandle => auroraDatabase(t, settings).cluster;

/**
 * Aurora PostgreSQL of one region, one to a template: the cluster with its subnet group, parameters, logs and instances; in the
 * primary also the global database that both clusters belong to, where there are two, and the rotation of the administrator's password.
 * @throws MeridianError for windows that overlap each other or the busy hours
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export function auroraDatabase(t: TemplateBuilder<Parameters, unknown>, settings: AuroraPostgresSettings): AuroraDatabase {
  const { size, administrator, databaseKeyArn, defaultKeyArn, logRetentionInDays, windows, busy, kept, standsIn = 'both' } = settings;
  const { globalEngineVersion, family, backupRetentionDays } = size;
  const { instanceClass, capacity, instances } = capacityOf(size);
  const { isPrimary } = t;
  const identifier = auroraClusterIdentifier(t);

  const subnetGroup = t.add('SubnetGroup', new DBSubnetGroup({ DBSubnetGroupName: auroraSubnetGroupName(t), DBSubnetGroupDescription: 'Isolated subnets of Aurora, one in each zone', SubnetIds: settings.subnetIds }));
  const parameterGroup = postgresParameterGroup(t, 'ParameterGroup', { name: t.resourceName(family), family });
  const globalIdentifier = globalClusterIdentifier(t);
  const global =
    standsIn === 'both' ? { identifier: globalIdentifier, cluster: globalDatabase(t, 'GlobalDatabase', { identifier: globalIdentifier, engineVersion: globalEngineVersion, when: isPrimary, kept }) } : undefined;
  const { cluster, attachment } = auroraCluster(t, 'Cluster', {
    identifier,
    engineVersion: settings.engineVersion ?? size.engineVersion,
    databaseName: settings.databaseName,
    port: postgresPort,
    parameterGroup,
    subnetGroupName: subnetGroup.ref(),
    securityGroupId: settings.securityGroupId,
    alsoSecurityGroupIds: settings.alsoSecurityGroupIds,
    keyArn: databaseKeyArn,
    capacity,
    global,
    administrator,
    backupRetentionDays,
    windows,
    busy,
    kept,
    after: databaseLogs(t, 'Cluster', { engine: 'aurora-postgresql', identifier, retentionInDays: logRetentionInDays, keyArn: defaultKeyArn }),
  });
  const members = auroraInstances(t, 'Instance', {
    cluster,
    instanceClass,
    identifiers: [auroraInstanceIdentifier(t, 1), ...Array.from({ length: instances - 1 }, (_, index) => auroraInstanceIdentifier(t, index + 2))],
    ready: settings.readyReaders,
    readersIn: instanceClass ? 'primary' : 'both',
    monitoringRoleArn: enhancedMonitoringRole(t, 'MonitoringRole', t.resourceName('rds-monitoring', 'account')).att('Arn'),
    windows,
  });
  if ('readers' in size) {
    readerScaling(t, 'ReaderScaling', {
      name: 'database-readers',
      cluster,
      minimum: size.readers.minimum,
      maximum: size.readers.maximum,
      cpu: size.readerCpuTargetPercent,
      when: isPrimary,
      after: members,
      keyArn: defaultKeyArn,
      logRetentionInDays,
    });
  }
  passwordRotation(t, 'RotatePassword', {
    engine: 'postgres',
    secretArn: administrator.secretArn,
    keyArn: defaultKeyArn,
    network: settings.rotationNetwork,
    logRetentionInDays,
    when: isPrimary,
    after: [attachment],
  });
  return { cluster, instances: members, subnetGroupName: subnetGroup.ref() };
}
