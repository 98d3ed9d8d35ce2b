import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { DBSubnetGroup } from '../../../src/cfn/generated/rds';
import type { FunctionNetwork } from '../../modules/compute/function';
import { databaseLogs } from '../../modules/data/database-logs';
import { databaseProxy, type DatabaseProxy } from '../../modules/data/database-proxy';
import type { DatabaseWindows } from '../../modules/data/database-windows';
import { enhancedMonitoringRole } from '../../modules/data/enhanced-monitoring';
import { mysqlInstance, type DatabaseHandle } from '../../modules/data/mysql-instance';
import type { MysqlOperation } from '../../modules/data/mysql-operation';
import { mysqlParameterGroup } from '../../modules/data/mysql-parameter-group';
import { passwordRotation } from '../../modules/data/password-rotation';
import { crossRegionReadReplica, readReplica } from '../../modules/data/read-replica';
import { databaseName, primaryIdentifier, replicaIdentifier } from './database-names';
import { databaseUser } from './database-user';
import type { KashaSettings } from './environments';
import { databaseSecretName } from './secret-names';

/** What the database is placed in and encrypted with. */
export interface DatabaseWiring {
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  readonly proxySecurityGroupId: IntrinsicFunction;
  /** From where the password is rotated. */
  readonly rotationNetwork: FunctionNetwork;
  readonly databaseKeyArn: IntrinsicFunction;
  /** Key of the logs and of the secret. */
  readonly defaultKeyArn: IntrinsicFunction;
  /** Key of the secondary region, for the backups that are replicated there. */
  readonly secondaryDatabaseKeyArn: IntrinsicFunction;
  readonly databaseSecretArn: IntrinsicFunction;
}

/** The database of one region: either the first two and perhaps the proxy, or the standby, is there. */
export interface Database {
  /** In the primary region. */
  readonly primary: DatabaseHandle;
  /** In the primary region. */
  readonly replica: DatabaseHandle;
  /** In the primary region, where the environment has one. */
  readonly proxy?: DatabaseProxy;
  /** In the secondary region, where the environment has one. */
  readonly standby?: DatabaseHandle;
  readonly subnetGroupName: IntrinsicFunction;
}

/** Backups at 03:00 UTC, as the requirements ask; patches on Sunday morning, when the Americas sleep. */
const primaryWindows: DatabaseWindows = { backup: '03:00-04:00', maintenance: 'sun:08:00-sun:09:00' };

/** Replicas are patched two hours before their source. */
const replicaWindows: DatabaseWindows = { backup: '03:00-04:00', maintenance: 'sun:06:00-sun:07:00' };

/**
 * MySQL: in the primary region the instance that writes, with a read replica in another zone and the proxy; in the secondary a
 * read replica that a failover promotes, which a proxy can't front before.
 */
export function database(t: TemplateBuilder<Parameters, KashaSettings>, wiring: DatabaseWiring): Database {
  const { settings, context, isPrimary } = t;
  const { database: size, protected: isProtected, logRetentionDays } = settings;
  const { databaseKeyArn: keyArn, defaultKeyArn } = wiring;

  const subnetGroup = t.add('SubnetGroup', new DBSubnetGroup({ DBSubnetGroupName: t.resourceName('mysql'), DBSubnetGroupDescription: 'Isolated subnets of MySQL', SubnetIds: wiring.subnetIds }));
  const subnetGroupName = subnetGroup.ref();
  const operation: MysqlOperation = {
    instanceClass: size.instanceClass,
    allocatedStorage: size.allocatedStorage,
    parameterGroup: mysqlParameterGroup(t, 'ParameterGroup', { name: t.resourceName(size.family.replace('.', '-')), family: size.family, slowQuerySeconds: 2, generalLog: size.generalLog === 'on' }),
    securityGroupId: wiring.securityGroupId,
    keyArn,
    monitoringRoleArn: enhancedMonitoringRole(t, 'MonitoringRole', t.resourceName('rds-monitoring', 'account')).att('Arn'),
    generalLog: size.generalLog !== 'off',
    performanceInsights: size.performanceInsights,
    deletionProtection: isProtected,
  };
  const logging = { engine: 'mysql', retentionInDays: logRetentionDays, keyArn: defaultKeyArn } as const;

  const { instance: primary, attachment } = mysqlInstance(t, 'Primary', {
    identifier: primaryIdentifier(t),
    engineVersion: size.engineVersion,
    databaseName,
    operation,
    subnetGroupName,
    keyArn,
    multiAz: size.multiAz,
    administrator: { secretName: databaseSecretName(t), secretArn: wiring.databaseSecretArn },
    backupRetentionDays: size.backupRetentionDays,
    backupReplication: settings.archive ? { region: context.regions.secondary, keyArn: wiring.secondaryDatabaseKeyArn } : undefined,
    windows: primaryWindows,
    finalSnapshot: isProtected,
    when: isPrimary,
    after: databaseLogs(t, 'Primary', { ...logging, identifier: primaryIdentifier(t), when: isPrimary }),
  });
  passwordRotation(t, 'RotatePassword', { engine: 'mysql', secretArn: wiring.databaseSecretArn, keyArn: defaultKeyArn, network: wiring.rotationNetwork, when: isPrimary, after: [attachment] });
  const replicaLogs = databaseLogs(t, 'ReadReplica', { ...logging, identifier: replicaIdentifier(t), when: size.crossRegionReplica ? undefined : isPrimary });
  const replica = readReplica(t, 'ReadReplica', { identifier: replicaIdentifier(t), operation, source: primary, windows: replicaWindows, when: isPrimary, after: replicaLogs });
  const proxy = size.proxy
    ? databaseProxy(t, 'Proxy', {
        name: t.resourceName('mysql-proxy'),
        roleName: t.resourceName('rds-proxy', 'account'),
        database: primary,
        users: [databaseUser],
        subnetIds: wiring.subnetIds,
        securityGroupId: wiring.proxySecurityGroupId,
        when: isPrimary,
      })
    : undefined;
  const standby = size.crossRegionReplica
    ? crossRegionReadReplica(t, 'StandbyReplica', {
        identifier: replicaIdentifier(t),
        operation,
        source: { identifier: primaryIdentifier(t), region: context.regions.primary },
        subnetGroupName,
        keyArn,
        multiAz: size.multiAz,
        backupRetentionDays: size.backupRetentionDays,
        windows: replicaWindows,
        when: t.isSecondary,
        after: replicaLogs,
      })
    : undefined;
  return { primary, replica, proxy, standby, subnetGroupName };
}
