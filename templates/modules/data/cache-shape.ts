import { MeridianError } from '../../../src/errors';

/** A cache whose keys are spread over shards, of which each has replicas in other zones that take over from it. */
export interface CacheCluster {
  /** Parts into which the keys are divided, each with a node that writes. */
  readonly shards: number;
  /** Nodes beside that one in each shard, 1 to 5: without one a lost node takes its keys along. */
  readonly replicas: number;
}

/** `single`: one node in one zone, without failover, for environments that can do without their cache for some minutes. */
export type CacheShape = CacheCluster | 'single';

/** Nodes that a cluster may have unless AWS raises the account's quota. */
const mostNodes = 90;

/**
 * Returns a shape that ElastiCache takes.
 * @throws MeridianError for a cluster without replicas or with more than five for each shard, and for more than 90 nodes
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis-RedisCluster.html
 */
export function checkedShape(shape: CacheShape): CacheShape {
  if (shape === 'single') return shape;
  const { shards, replicas } = shape;
  if (!Number.isInteger(shards) || shards < 1) throw new MeridianError(`Cache shards ${shards}: that is no number of shards. Give 1 or more.`, 2);
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > 5) {
    throw new MeridianError(`Cache replicas ${replicas}: a shard has 1 to 5, the first of which takes over when its node fails. Give 1 to 5, or "single" for one node alone.`, 2);
  }
  const nodes = shards * (1 + replicas);
  if (nodes > mostNodes) throw new MeridianError(`Cache of ${nodes} nodes: ${shards} shards with ${replicas} replicas each are more than the ${mostNodes} that a cluster has. Take larger nodes.`, 2);
  return shape;
}
