import type { IntrinsicFunction, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import type { FunctionNetwork } from '../../modules/compute/function';
import { cacheCluster } from '../../modules/data/cache-cluster';
import { cacheRotation } from '../../modules/data/cache-rotation';
import { cacheSecretName } from './secret-names';
import type { FintechGlobalSettings } from './settings';

/** What the cache is placed in, encrypted with, and tells of itself. */
export interface CacheWiring {
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** From where the token is rotated. */
  readonly rotationNetwork: FunctionNetwork;
  readonly keyArn: IntrinsicFunction;
  /** The secret of the region's own token; with a global datastore the one of both regions. */
  readonly cacheSecretArn: IntrinsicFunction;
  readonly topicArn: IntrinsicFunction;
}

/** Where a region's cache is, and what it is called. */
export interface RegionCache {
  /** Host to which the services connect, by TLS and with the token. */
  readonly endpoint: Token<'String'>;
  readonly replicationGroupId: Token<'String'>;
}

/** Beside the database's hours, of which nobody need be awake: a snapshot before few are, patches after its own. In UTC. */
const windows = { backup: '07:00-08:00', maintenance: 'sun:08:30-sun:09:30' } as const;

/**
 * The cache of one region, and the rotation of its token. Each region's stands alone: what it holds can be made again, so that a region
 * that takes over begins with what its own pods have cached.
 *
 * The caches of a global datastore share one token, and AWS does not say how a member's is changed: such a cache has no rotation, and
 * its token is changed by hand.
 * @throws MeridianError for settings that ElastiCache does not take
 */
export function cache(t: TemplateBuilder<Parameters, FintechGlobalSettings>, { cacheSecretArn, rotationNetwork, ...wiring }: CacheWiring): RegionCache {
  const { settings } = t;
  const { shards, replicas, ...size } = settings.cache;
  const name = t.resourceName('cache');
  const { handle, endpoint, replicationGroupId } = cacheCluster(t, 'Cache', {
    ...wiring,
    ...size,
    name,
    description: 'FinTech Global cache',
    shape: { shards, replicas },
    tokenSecret: cacheSecretName(t),
    windows,
    logRetentionInDays: settings.logRetentionDays,
    protected: settings.protected,
  });
  if (!settings.cache.global) {
    cacheRotation(t, 'CacheRotation', {
      cache: name,
      secretArn: cacheSecretArn,
      keyArn: wiring.keyArn,
      network: rotationNetwork,
      logRetentionInDays: settings.logRetentionDays,
      after: [handle],
    });
  }
  return { endpoint, replicationGroupId };
}
