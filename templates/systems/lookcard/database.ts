import type { IntrinsicFunction, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import type { FunctionNetwork } from '../../modules/compute/function';
import { auroraDatabase, type AuroraDatabase } from '../../modules/data/aurora-postgres';
import { clusterProxy } from '../../modules/data/database-proxy';
import { databaseName, serviceUserPrefix } from './database-names';
import { proxyName } from './names';
import { databaseSecretName } from './secret-names';
import type { LookcardSettings } from './settings';

/** What the database is placed in and encrypted with. */
export interface DatabaseWiring {
  readonly engineVersion: IntrinsicFunction;
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** The group that lets services in, of the proxy or of what stands in its place. */
  readonly proxySecurityGroupId: IntrinsicFunction;
  /** From where the password is rotated. */
  readonly rotationNetwork: FunctionNetwork;
  readonly keyArn: IntrinsicFunction;
  readonly databaseSecretArn: IntrinsicFunction;
}

/** The database of one region, and where services connect to it. */
export interface Database extends AuroraDatabase {
  readonly endpoint: Token<'String'>;
  readonly readerEndpoint: Token<'String'>;
  /** What `rds-db:connect` names. */
  readonly resourceId: Token<'String'>;
}

/** The day of Singapore and of those who settle there until an hour after midnight: in UTC. */
const busyHours = '22:00-17:00';

/** At night between the two cron jobs, at 01:15 and 03:45 in Singapore; patches on Sunday morning, an hour earlier in the region that only reads. */
const windows = {
  primary: { backup: '18:30-19:00', maintenance: 'sat:21:00-sat:21:30' },
  secondary: { backup: '18:30-19:00', maintenance: 'sat:20:15-sat:20:45' },
} as const;

/**
 * Whether services connect through RDS Proxy. Where instances are to pause they do not: the proxy's own connections keep them awake.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 */
export const hasProxy = ({ database }: Pick<LookcardSettings, 'database'>): boolean => database.minimumCapacity > 0;

/**
 * Aurora PostgreSQL of one region: in the primary with the rotation of the password, and where there is a pilot light with the global
 * database that both regions belong to. Services sign in by IAM, each as its own user.
 */
export function database(t: TemplateBuilder<Parameters, LookcardSettings>, { engineVersion, keyArn, databaseSecretArn, proxySecurityGroupId, ...wiring }: DatabaseWiring): Database {
  const { settings } = t;
  const proxied = hasProxy(settings);
  const aurora = auroraDatabase(t, {
    ...wiring,
    // Without a proxy the cluster itself is behind the group by which services know it.
    ...(proxied ? {} : { alsoSecurityGroupIds: [proxySecurityGroupId] }),
    size: settings.database,
    engineVersion,
    standsIn: settings.pilotLight ? 'both' : 'primary',
    databaseName,
    databaseKeyArn: keyArn,
    defaultKeyArn: keyArn,
    administrator: { secretName: databaseSecretName(t), secretArn: databaseSecretArn },
    windows,
    busy: busyHours,
    kept: settings.protected,
    logRetentionInDays: settings.logRetentionDays,
  });
  const { cluster, instances } = aurora;
  if (!proxied) return { ...aurora, endpoint: cluster.att('Endpoint.Address'), readerEndpoint: cluster.att('ReadEndpoint.Address'), resourceId: cluster.att('DBClusterResourceId') };
  const proxy = clusterProxy(t, 'Proxy', {
    name: proxyName(t),
    readerName: t.resourceName('proxy-reader'),
    roleName: t.resourceName('rds-proxy', 'account'),
    cluster,
    instances,
    users: [`${serviceUserPrefix}*`],
    subnetIds: wiring.subnetIds,
    securityGroupId: proxySecurityGroupId,
  });
  return { ...aurora, ...proxy };
}
