import type { Handle, IntrinsicFunction, Name, TemplateBuilder } from '../../../src/cfn';
import { alarm, type Metric } from '../../modules/monitoring/alarm';
import { bucket } from '../../modules/security/bucket';
import { replication, replicationRuleId } from '../../modules/security/replication';
import { dataKeyAlias } from './data-key-statements';
import type { FintechGlobalSettings } from './environments';

/** Name of the data lake's bucket in the stack's own region. */
export const dataLakeBucketName = (t: TemplateBuilder<Record<never, never>, unknown>): Name => t.resourceName('data-lake', 'world');

/** What the data lake stands beside. */
export interface DataLakeWiring {
  readonly keyArn: IntrinsicFunction;
  /** Of the bucket that is copied. */
  readonly primaryKeyArn: IntrinsicFunction;
  readonly accessLogBucket: IntrinsicFunction;
  readonly topic: IntrinsicFunction;
}

/** Seconds within which S3 Replication Time Control commits itself to copy. */
const copiedWithin = 15 * 60;

/**
 * What the worker writes for analysis. It is put into the primary's bucket and copied from there, within a quarter of an hour, into the
 * secondary's, which must stand first and is known by its agreed name.
 */
export function dataLake(t: TemplateBuilder<Record<never, never>, FintechGlobalSettings>, wiring: DataLakeWiring): Handle<'AWS::S3::Bucket', 'Arn' | 'DomainName' | 'RegionalDomainName'> {
  const { isPrimary, context, settings } = t;
  const name = dataLakeBucketName(t);
  const copy = name.in(context.regions.secondary);
  const copied = replication(t, 'DataLakeReplicationRole', {
    roleName: t.resourceName('data-lake-copy', 'account'),
    source: name,
    sourceKeyArn: wiring.primaryKeyArn,
    destination: { region: context.regions.secondary, bucket: copy, key: dataKeyAlias(t) },
    timeControl: true,
    when: isPrimary,
  });
  const { handle } = bucket(t, 'DataLake', {
    ...settings.dataLake,
    name,
    key: wiring.keyArn,
    accessLogBucket: wiring.accessLogBucket,
    replication: isPrimary.only(copied),
    retained: settings.protected,
  });
  const copying = (metric: string): Metric => ({ namespace: 'AWS/S3', name: metric, dimensions: { SourceBucket: handle.ref(), DestinationBucket: copy, RuleId: replicationRuleId } });
  const shared = { comparison: 'GreaterThanThreshold', period: 300, topic: wiring.topic, when: isPrimary } as const;
  alarm(t, 'DataLakeNotCopied', {
    ...shared,
    name: 'data-lake-not-copied',
    description: 'Objects of the data lake could not be copied to the other region. Look at the replication status of the newest objects, and put them again.',
    metric: copying('OperationsFailedReplication'),
    statistic: 'Sum',
    threshold: 0,
    periods: 1,
  });
  alarm(t, 'DataLakeCopiedLate', {
    ...shared,
    name: 'data-lake-copied-late',
    description: 'The data lake’s copy in the other region is more than a quarter of an hour behind. Look at S3’s health in both regions, and at how much is put.',
    metric: copying('ReplicationLatency'),
    statistic: 'Maximum',
    threshold: copiedWithin,
    periods: 3,
  });
  return handle;
}
