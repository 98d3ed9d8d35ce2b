import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { alarm, type Metric } from '../../modules/monitoring/alarm';
import { bucket } from '../../modules/security/bucket';
import { replication, replicationRuleId } from '../../modules/security/replication';
import { dataKeyAlias } from './names';
import type { LookcardSettings } from './settings';

type Builder = TemplateBuilder<Parameters, LookcardSettings>;

/** Name of the bucket in the stack's own region. */
export const storageBucketName = (t: Builder): Name => t.resourceName('storage', 'world');

/** What the bucket stands beside. */
export interface StorageWiring {
  readonly keyArn: IntrinsicFunction;
  readonly accessLogBucket: IntrinsicFunction;
  readonly topic: IntrinsicFunction;
}

/** Seconds within which S3 Replication Time Control commits itself to copy. */
const copiedWithin = 15 * 60;

/**
 * What services keep as files, under the region's data key. With a pilot light everything put into the primary's bucket is copied into the
 * secondary's within a quarter of an hour; that one must stand first and is known by its agreed name.
 */
export function storage(t: Builder, wiring: StorageWiring): Handle<'AWS::S3::Bucket', 'Arn' | 'DomainName' | 'RegionalDomainName'> {
  const { settings, isPrimary } = t;
  const name = storageBucketName(t);
  const own = { name, key: wiring.keyArn, accessLogBucket: wiring.accessLogBucket, infrequentAfterDays: 90, retained: settings.protected };
  if (!settings.pilotLight) return bucket(t, 'Storage', own).handle;
  const { secondary } = t.context.regions;
  const copy = name.in(secondary);
  const copied = replication(t, 'StorageReplicationRole', {
    roleName: t.resourceName('storage-copy', 'account'),
    source: name,
    sourceKeyArn: wiring.keyArn,
    destination: { region: secondary, bucket: copy, key: dataKeyAlias(t) },
    timeControl: true,
    when: isPrimary,
  });
  const { handle } = bucket(t, 'Storage', { ...own, replication: isPrimary.only(copied) });
  const copying = (metric: string): Metric => ({ namespace: 'AWS/S3', name: metric, dimensions: { SourceBucket: handle.ref(), DestinationBucket: copy, RuleId: replicationRuleId } });
  const shared = { comparison: 'GreaterThanThreshold', period: 300, topic: wiring.topic, when: isPrimary } as const;
  alarm(t, 'StorageNotCopied', {
    ...shared,
    name: 'storage-not-copied',
    description: 'Files could not be copied to the other region. Look at the replication status of the newest objects, and put them again.',
    metric: copying('OperationsFailedReplication'),
    statistic: 'Sum',
    threshold: 0,
    periods: 1,
  });
  alarm(t, 'StorageCopiedLate', {
    ...shared,
    name: 'storage-copied-late',
    description: 'The files’ copy in the other region is more than a quarter of an hour behind. Look at S3’s health in both regions, and at how much is put.',
    metric: copying('ReplicationLatency'),
    statistic: 'Maximum',
    threshold: copiedWithin,
    periods: 3,
  });
  return handle;
}
