import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { ReplicationGroup, SubnetGroup } from '../../../src/cfn/generated/elasticache';
import { secretValue } from '../security/secret-value';
import { checkMember, globalDatastore, globalDatastoreId } from './cache-global-datastore';
import { cacheLogs } from './cache-logs';
import { cacheParameterGroup } from './cache-parameter-group';
import { checkedShape, type CacheShape } from './cache-shape';
import { checkedWindows, type DatabaseWindows, type WindowRules } from './database-windows';

/** The port on which Valkey listens. */
export const cachePort = 6379;

const rules: WindowRules = { service: 'ElastiCache', shortestMinutes: 60, whyApart: 'patches would replace nodes while their snapshot is taken' };

type CacheGroupHandle = Handle<'AWS::ElastiCache::ReplicationGroup', 'ConfigurationEndPoint.Address' | 'PrimaryEndPoint.Address'>;

/** A cache of one region. */
export interface CacheSettings {
  /** Its id: 40 characters at most. */
  readonly name: Name;
  readonly description: string;
  /** Version of Valkey, for example `8.2`. */
  readonly engineVersion: string;
  /** Parameter group family of that version, for example `valkey8`. */
  readonly family: string;
  readonly nodeType: string;
  readonly shape: CacheShape;
  /** Engine parameters. @default the engine's own values */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Isolated subnets, in as many zones as a shard has nodes. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** Key of this region, for memory dumps, snapshots and logs. */
  readonly keyArn: IntrinsicFunction;
  /** Name of the secret with the token, in this region: `{"value": …}`, made as `cacheToken` says. */
  readonly tokenSecret: Name;
  /** Days that the daily snapshots stay, 1 to 35. */
  readonly snapshotRetentionDays: number;
  /** Backup is the daily snapshot; each of the two is an hour at least. */
  readonly windows: DatabaseWindows;
  /** Topic that is told of failovers, replaced nodes and the like. Its policy and its key's must let ElastiCache publish. */
  readonly topicArn: IntrinsicFunction;
  readonly logRetentionInDays: number;
  /** Whether a last snapshot is taken when the cache is deleted. */
  readonly protected: boolean;
  /** Makes the caches of both regions members of one global datastore. @default false: what is cached can be made again */
  readonly global?: boolean;
}

/** What others need to know of a cache. */
export interface Cache {
  /** Host to which clients connect, by TLS and with the token: of a cluster the one that tells where the shards are. */
  readonly endpoint: Token<'String'>;
  readonly replicationGroupId: Token<'String'>;
  readonly handle: CacheGroupHandle;
}

/**
 * A Valkey cache that speaks TLS only, asks for a token, is encrypted with our key, logs, takes daily snapshots and fails over to
 * another zone, unless it is a single node. More shards are added while it runs; other replicas need no interruption either.
 *
 * CloudFormation reads the token while it deploys, the first time and whenever another property changes. By then a rotation may have
 * changed it; CloudFormation then tells the cache to take the current token too, which it does already. The cache accepts two at a
 * time, so that a rollout in the midst of a rotation locks nobody out; what that leaves behind the next rotation clears.
 *
 * A cache that the secondary adds to a global datastore takes engine, nodes, shards, parameters and encryption from it and says nothing
 * of them: AWS refuses them there. Token, key, subnets and replicas are its own.
 * @throws MeridianError for a shape, windows or a member of a global datastore that ElastiCache does not take
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html
 * @see docs/decisions/0023-valkey.md
 */
export function cacheCluster(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CacheSettings): Cache {
  const { name, description, keyArn, nodeType, global = false } = settings;
  const shape = checkedShape(settings.shape);
  const windows = checkedWindows(settings.windows, undefined, rules);
  if (global) checkMember({ nodeType, shape });

  /** What a member takes from its global datastore. */
  const own = <T>(value: T): T | IntrinsicFunction => (global ? t.isPrimary.only(value) : value);
  const subnets = t.add(`${id}Subnets`, new SubnetGroup({ Description: description, SubnetIds: settings.subnetIds }));
  const parameters = cacheParameterGroup(t, `${id}Parameters`, {
    family: settings.family,
    description,
    shape,
    parameters: settings.parameters,
    when: global ? t.isPrimary : undefined,
  });
  const group = new ReplicationGroup({
    ReplicationGroupId: name,
    ReplicationGroupDescription: description,
    ...(global ? { GlobalReplicationGroupId: t.isSecondary.only(globalDatastoreId(name, t.context.regions.primary)) } : {}),
    Engine: own('valkey'),
    EngineVersion: own(settings.engineVersion),
    CacheNodeType: own(nodeType),
    CacheParameterGroupName: own(parameters.ref()),
    ...(shape === 'single'
      ? { NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false }
      : { NumNodeGroups: own(shape.shards), ReplicasPerNodeGroup: shape.replicas, AutomaticFailoverEnabled: true, MultiAZEnabled: true }),
    Port: cachePort,
    CacheSubnetGroupName: subnets.ref(),
    SecurityGroupIds: [settings.securityGroupId],
    AtRestEncryptionEnabled: own(true),
    KmsKeyId: keyArn,
    TransitEncryptionEnabled: own(true),
    TransitEncryptionMode: own('required'),
    AuthToken: secretValue(settings.tokenSecret),
    SnapshotRetentionLimit: settings.snapshotRetentionDays,
    SnapshotWindow: windows.backup,
    PreferredMaintenanceWindow: windows.maintenance,
    AutoMinorVersionUpgrade: true,
    NotificationTopicArn: settings.topicArn,
    LogDeliveryConfigurations: cacheLogs(t, id, { cache: name, keyArn, retentionInDays: settings.logRetentionInDays }),
  }).keep(settings.protected ? 'Snapshot' : 'Delete');
  // Without it another number of shards is another cache, and the old one is deleted.
  Object.assign(group, { UpdatePolicy: { UseOnlineResharding: true } });
  const handle: CacheGroupHandle = t.add(id, group);
  if (global) globalDatastore(t, `${id}GlobalDatastore`, { name, description, primary: handle });
  return { handle, replicationGroupId: handle.ref(), endpoint: handle.att(shape === 'single' ? 'PrimaryEndPoint.Address' : 'ConfigurationEndPoint.Address') };
}
