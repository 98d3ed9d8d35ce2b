import type { IntrinsicFunction, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import type { FunctionNetwork } from '../../modules/compute/function';
import { cacheCluster } from '../../modules/data/cache-cluster';
import { cacheRotation } from '../../modules/data/cache-rotation';
import { serviceSecretName } from './secret-names';
import type { LookcardSettings } from './settings';

/** What the cache is placed in, encrypted with, and tells of itself. */
export interface CacheWiring {
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** From where the token is rotated. */
  readonly rotationNetwork: FunctionNetwork;
  readonly keyArn: IntrinsicFunction;
  /** The secret of the region's own token. */
  readonly cacheSecretArn: IntrinsicFunction;
  readonly topicArn: IntrinsicFunction;
}

/** Where a region's cache is, and what it is called. */
export interface RegionCache {
  /** Host to which services connect, by TLS and with the token. */
  readonly endpoint: Token<'String'>;
  readonly replicationGroupId: Token<'String'>;
}

/** Beside the database's hours, at night in Singapore. In UTC. */
const windows = { backup: '17:00-18:00', maintenance: 'sat:19:00-sat:20:00' } as const;

/** The cache of one region, and the rotation of its token. Each region's stands alone: what it holds can be made again. */
export function cache(t: TemplateBuilder<Parameters, LookcardSettings>, { cacheSecretArn, rotationNetwork, ...wiring }: CacheWiring): RegionCache {
  const { settings } = t;
  const { replicas, ...size } = settings.cache;
  const name = t.resourceName('cache');
  const { handle, endpoint, replicationGroupId } = cacheCluster(t, 'Cache', {
    ...wiring,
    ...size,
    name,
    description: 'LookCard cache',
    shape: replicas === 0 ? 'single' : { shards: 1, replicas },
    tokenSecret: serviceSecretName(t, 'cache-token'),
    windows,
    logRetentionInDays: settings.logRetentionDays,
    protected: settings.protected,
  });
  cacheRotation(t, 'CacheRotation', { cache: name, secretArn: cacheSecretArn, keyArn: wiring.keyArn, network: rotationNetwork, logRetentionInDays: settings.logRetentionDays, after: [handle] });
  return { endpoint, replicationGroupId };
}
