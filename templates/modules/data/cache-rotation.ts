import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { allow, arn } from '../security/policy';
import { cacheToken } from './cache-token';
import { secretRotation, type RotatedSecret } from './secret-rotation';

/** A cache's token that changes by itself. The secret is one of the cache's own region, and after it comes the cache. */
export interface CacheRotationSettings extends RotatedSecret {
  /** Name of the cache, which is its id. */
  readonly cache: Name;
}

/** Seconds: the most that Lambda gives, because ElastiCache tells one node after the other of a new token. */
const timeout = 900;

/**
 * Rotates the token of a region's cache, as `secretRotation` says. Each region's cache has a token of its own and rotates it by itself:
 * nothing depends on the other region, and who learns the one does not know the other. Its network reaches the endpoint of ElastiCache too.
 * @see src/functions/rotate-cache-token
 */
export function cacheRotation(t: TemplateBuilder<Parameters, unknown>, id: string, { cache, ...secret }: CacheRotationSettings): void {
  secretRotation(t, id, {
    ...secret,
    source: 'rotate-cache-token',
    description: 'Gives a cache and its secret a new token, step by step as Secrets Manager asks',
    timeout,
    made: cacheToken,
    environment: { REPLICATION_GROUP_ID: cache },
    statements: [allow(['elasticache:DescribeReplicationGroups', 'elasticache:ModifyReplicationGroup'], [arn('elasticache', `replicationgroup:${cache.text}`)])],
  });
}
