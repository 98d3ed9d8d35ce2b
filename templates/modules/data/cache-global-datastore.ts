import { Aws, type Handle, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { GlobalReplicationGroup } from '../../../src/cfn/generated/elasticache';
import { MeridianError } from '../../../src/errors';
import type { CacheShape } from './cache-shape';

/** What ElastiCache puts before a global datastore's name, by the region in which it is made. */
const prefixes: Readonly<Record<string, string>> = { 'us-east-1': 'ldgnf', 'us-east-2': 'fpkhr', 'us-west-1': 'virxk', 'us-west-2': 'sgaui' };

/** Families of nodes that global datastores run on: general purpose and memory from the fifth generation on, and network-optimised. */
const nodeTypes = /^cache\.([mr](?:[5-9]|\d{2,})[a-z]*|c7gn)\.(\d*x)?large$/;

/**
 * The id of a global datastore, which its members in other regions name to join it.
 * @param suffix its name
 * @param region where it is made: its primary region
 * @throws MeridianError for a region whose prefix is not known here
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateGlobalReplicationGroup.html
 */
export function globalDatastoreId(suffix: Name, region: string): Name {
  const prefix = prefixes[region];
  if (prefix) return suffix.after(`${prefix}-`);
  throw new MeridianError(
    `Global datastore in ${region}: what ElastiCache puts before the names of those made there is not known here. ` +
      'Add it to prefixes in templates/modules/data/cache-global-datastore.ts, as a datastore made there shows it.',
    2,
  );
}

/**
 * Fails the build for a cache that could not be a member of a global datastore: AWS would refuse it only while it is deployed.
 * @throws MeridianError for one node alone, which cannot fail over, and for nodes that are burstable, small or older than m5 and r5
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html
 */
export function checkMember({ nodeType, shape }: { readonly nodeType: string; readonly shape: CacheShape }): void {
  if (shape === 'single') throw new MeridianError('Cache of a single node: a member of a global datastore fails over by itself. Give it shards and replicas.', 2);
  if (!nodeTypes.test(nodeType)) {
    throw new MeridianError(`Cache nodes "${nodeType}": global datastores need m5, r5 or c7gn nodes or newer ones, of size large and up. Take cache.r7g.large, or switch the global datastore off.`, 2);
  }
}

/**
 * The datastore that the caches of both regions are members of; the secondary's replicates what the primary's is told, and takes no
 * writes. It stands in the primary region. Nothing fails over from region to region by itself: somebody promotes the secondary.
 *
 * Its members have one node type, engine version and number of shards: the secondary takes them from it.
 * @param primary the cache of the primary region
 */
export function globalDatastore(t: TemplateBuilder<Parameters, unknown>, id: string, settings: { readonly name: Name; readonly description: string; readonly primary: Handle<'AWS::ElastiCache::ReplicationGroup'> }): void {
  const { name, description, primary } = settings;
  t.add(
    id,
    new GlobalReplicationGroup({
      GlobalReplicationGroupIdSuffix: name,
      GlobalReplicationGroupDescription: description,
      AutomaticFailoverEnabled: true,
      Members: [{ Role: 'PRIMARY', ReplicationGroupRegion: Aws.region, ReplicationGroupId: primary.ref() }],
    }),
    { when: t.isPrimary },
  );
}
