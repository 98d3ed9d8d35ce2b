import { Fn, stringToken, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { DBProxy, DBProxyEndpoint, DBProxyTargetGroup, type DBProxyTargetGroupProperties } from '../../../src/cfn/generated/rds';
import { allow } from '../security/policy';
import { serviceRole } from '../security/role';
import type { AuroraClusterHandle } from './aurora-cluster';
import type { DatabaseHandle } from './mysql-instance';

/** A pool of connections before a database, whichever it is. */
interface ProxySettings {
  readonly name: Name;
  /** Account-wide. */
  readonly roleName: Name;
  /** Subnets in at least two zones. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** Per cent of the connections that an instance takes. @default 90, which leaves some for people */
  readonly maxConnectionsPercent?: number;
  /** Seconds that a client waits for a connection. @default 10: after that a task does better to fail than to pile up requests */
  readonly borrowTimeout?: number;
  readonly when?: Condition;
}

/** A pool of connections before a MySQL instance. */
export interface DatabaseProxySettings extends ProxySettings {
  /** The writer: RDS Proxy takes no read replica. */
  readonly database: DatabaseHandle;
  /** MySQL users that may come through, each made with `AWSAuthenticationPlugin`. */
  readonly users: readonly string[];
}

/** Pools of connections before an Aurora PostgreSQL cluster: to its writer, and to its readers. */
export interface ClusterProxySettings extends ProxySettings {
  readonly cluster: AuroraClusterHandle;
  /** The cluster's instances: without a reader AWS makes no endpoint that reads. */
  readonly instances: readonly Handle[];
  /** PostgreSQL users that may come through, each granted `rds_iam`; `*` at the end of one stands for anything. */
  readonly users: readonly string[];
  /** The part of names of the endpoint that reads. */
  readonly readerName: Name;
}

/** A proxy's address where it writes, and its name in IAM. */
export interface DatabaseProxy {
  readonly endpoint: Token<'String'>;
  /** `prx-…`: what `rds-db:connect` names for clients of the proxy. */
  readonly resourceId: Token<'String'>;
}

/** A proxy of a cluster. */
export interface ClusterProxy extends DatabaseProxy {
  /** Where it reads. */
  readonly readerEndpoint: Token<'String'>;
}

/**
 * An RDS Proxy that speaks TLS only and authenticates with IAM tokens on both sides, so that it needs no password of any user.
 * It holds clients through a failover to the standby and keeps tasks from using up the instance's connections.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html
 */
export function databaseProxy(t: TemplateBuilder<Parameters, unknown>, id: string, settings: DatabaseProxySettings): DatabaseProxy {
  const { database, users } = settings;
  return proxy(t, id, settings, { engine: 'MySQL', EngineFamily: 'MYSQL', logins: logins(database.att('DbiResourceId'), users), targets: { DBInstanceIdentifiers: [database.ref()] }, after: [] });
}

/**
 * The same before an Aurora PostgreSQL cluster, with an endpoint of its own for what only reads. In the secondary region of a global
 * database that one serves; the other answers with an error until the region has taken over, and then leads to its writer by itself.
 *
 * An instance behind a proxy never pauses: the proxy stays connected to it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-gdb.html
 */
export function clusterProxy(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ClusterProxySettings): ClusterProxy {
  const { cluster, instances, users, readerName, subnetIds, securityGroupId, when } = settings;
  const resource = cluster.att('DBClusterResourceId');
  const made = proxy(t, id, settings, { engine: 'PostgreSQL', EngineFamily: 'POSTGRESQL', logins: logins(resource, users), targets: { DBClusterIdentifiers: [cluster.ref()] }, after: instances });
  const reader = t.add(
    `${id}Reader`,
    new DBProxyEndpoint({ DBProxyEndpointName: readerName, DBProxyName: made.name, TargetRole: 'READ_ONLY', VpcSubnetIds: subnetIds, VpcSecurityGroupIds: [securityGroupId] }),
    { when, after: [made.targets] },
  );
  return { endpoint: made.endpoint, resourceId: made.resourceId, readerEndpoint: reader.att('Endpoint') };
}

/** What tells one engine's proxy from another's. */
interface Target {
  /** In its role's description. */
  readonly engine: string;
  readonly EngineFamily: 'MYSQL' | 'POSTGRESQL';
  readonly logins: readonly IntrinsicFunction[];
  readonly targets: Pick<DBProxyTargetGroupProperties, 'DBInstanceIdentifiers' | 'DBClusterIdentifiers'>;
  readonly after: readonly Handle[];
}

/** ARNs of database users of an instance or cluster, by its resource id. */
function logins(resourceId: IntrinsicFunction, users: readonly string[]): readonly IntrinsicFunction[] {
  return users.map((user) => Fn.Sub(`arn:\${AWS::Partition}:rds-db:\${AWS::Region}:\${AWS::AccountId}:dbuser:\${Database}/${user}`, { Database: resourceId }));
}

function proxy(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ProxySettings, target: Target): DatabaseProxy & { readonly name: IntrinsicFunction; readonly targets: Handle } {
  const { maxConnectionsPercent = 90, borrowTimeout = 10, when } = settings;
  const role = serviceRole(t, `${id}Role`, {
    name: settings.roleName,
    description: `RDS Proxy signs in to ${target.engine}`,
    service: 'rds.amazonaws.com',
    statements: [allow(['rds-db:connect'], target.logins)],
    when,
  });
  const handle = t.add(
    id,
    new DBProxy({
      DBProxyName: settings.name,
      EngineFamily: target.EngineFamily,
      DefaultAuthScheme: 'IAM_AUTH',
      RequireTLS: true,
      RoleArn: role.att('Arn'),
      VpcSubnetIds: settings.subnetIds,
      VpcSecurityGroupIds: [settings.securityGroupId],
    }),
    { when },
  );
  const targets = t.add(
    `${id}Targets`,
    new DBProxyTargetGroup({
      DBProxyName: handle.ref(),
      TargetGroupName: 'default',
      ...target.targets,
      ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: maxConnectionsPercent, ConnectionBorrowTimeout: borrowTimeout },
    }),
    { when, after: target.after },
  );
  return { name: handle.ref(), targets, endpoint: handle.att('Endpoint'), resourceId: stringToken(Fn.Select(6, Fn.Split(':', handle.att('DBProxyArn')))) };
}
