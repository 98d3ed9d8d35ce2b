import { Fn, stringToken, type Condition, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { DBProxy, DBProxyTargetGroup } from '../../../src/cfn/generated/rds';
import { allow } from '../security/policy';
import { serviceRole } from '../security/role';
import type { DatabaseHandle } from './mysql-instance';

/** A pool of connections before a MySQL instance. */
export interface DatabaseProxySettings {
  readonly name: Name;
  /** Account-wide. */
  readonly roleName: Name;
  /** The writer: RDS Proxy takes no read replica. */
  readonly database: DatabaseHandle;
  /** MySQL users that may come through, each made with `AWSAuthenticationPlugin`. */
  readonly users: readonly string[];
  /** Subnets in at least two zones. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** Per cent of the instance's connections. @default 90, which leaves some for people */
  readonly maxConnectionsPercent?: number;
  /** Seconds that a client waits for a connection. @default 10: after that a task does better to fail than to pile up requests */
  readonly borrowTimeout?: number;
  readonly when?: Condition;
}

/** A proxy's address, and its name in IAM. */
export interface DatabaseProxy {
  readonly endpoint: Token<'String'>;
  /** `prx-…`: what `rds-db:connect` names for clients of the proxy. */
  readonly resourceId: Token<'String'>;
}

/**
 * An RDS Proxy that speaks TLS only and authenticates with IAM tokens on both sides, so that it needs no password of any user.
 * It holds clients through a failover to the standby and keeps tasks from using up the instance's connections.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html
 */
export function databaseProxy(t: TemplateBuilder<Parameters, unknown>, id: string, settings: DatabaseProxySettings): DatabaseProxy {
  const { database, users, maxConnectionsPercent = 90, borrowTimeout = 10, when } = settings;
  const role = serviceRole(t, `${id}Role`, {
    name: settings.roleName,
    description: 'RDS Proxy signs in to MySQL',
    service: 'rds.amazonaws.com',
    statements: [
      allow(
        ['rds-db:connect'],
        users.map((user) => Fn.Sub(`arn:\${AWS::Partition}:rds-db:\${AWS::Region}:\${AWS::AccountId}:dbuser:\${Database}/${user}`, { Database: database.att('DbiResourceId') })),
      ),
    ],
    when,
  });
  const proxy = t.add(
    id,
    new DBProxy({
      DBProxyName: settings.name,
      EngineFamily: 'MYSQL',
      DefaultAuthScheme: 'IAM_AUTH',
      RequireTLS: true,
      RoleArn: role.att('Arn'),
      VpcSubnetIds: settings.subnetIds,
      VpcSecurityGroupIds: [settings.securityGroupId],
    }),
    { when },
  );
  t.add(
    `${id}Targets`,
    new DBProxyTargetGroup({
      DBProxyName: proxy.ref(),
      TargetGroupName: 'default',
      DBInstanceIdentifiers: [database.ref()],
      ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: maxConnectionsPercent, ConnectionBorrowTimeout: borrowTimeout },
    }),
    { when },
  );
  return { endpoint: proxy.att('Endpoint'), resourceId: stringToken(Fn.Select(6, Fn.Split(':', proxy.att('DBProxyArn')))) };
}
