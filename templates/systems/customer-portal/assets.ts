import type { Handle, IntrinsicFunction, Name, TemplateBuilder } from '../../../src/cfn';
import { alarm } from '../../modules/monitoring/alarm';
import { bucket } from '../../modules/security/bucket';
import { distributionsMayRead } from '../../modules/security/cloudfront-reads';
import { replication, replicationRuleId } from '../../modules/security/replication';
import type { CustomerPortalSettings } from './settings';

/** Name of the bucket with the static assets of the stack's own region. */
export const assetsBucketName = (t: TemplateBuilder<Record<never, never>, unknown>): Name => t.resourceName('assets', 'world');

/** What the bucket stands beside. */
export interface AssetsWiring {
  readonly keyArn: IntrinsicFunction;
  /** Alias of the key, the same in both regions. */
  readonly keyAlias: Name;
  readonly accessLogBucket: IntrinsicFunction;
  readonly topic: IntrinsicFunction;
}

/**
 * The frontend's files, which CloudFront serves. They are put into the primary's bucket and copied from there into the secondary's,
 * which must stand first and is known by its agreed name; CloudFront reads that one when the first fails.
 */
export function staticAssets(t: TemplateBuilder<Record<never, never>, CustomerPortalSettings>, wiring: AssetsWiring): Handle<'AWS::S3::Bucket', 'Arn' | 'DomainName' | 'RegionalDomainName'> {
  const { isPrimary, context } = t;
  const name = assetsBucketName(t);
  const copy = name.in(context.regions.secondary);
  const copied = replication(t, 'AssetsReplicationRole', {
    roleName: t.resourceName('assets-copy', 'account'),
    source: name,
    sourceKeyArn: wiring.keyArn,
    destination: { region: context.regions.secondary, bucket: copy, key: wiring.keyAlias },
    when: isPrimary,
  });
  const { handle } = bucket(t, 'Assets', {
    name,
    key: wiring.keyArn,
    accessLogBucket: wiring.accessLogBucket,
    replication: isPrimary.only(copied),
    retained: false,
    statements: (bucketArn) => [distributionsMayRead(bucketArn)],
  });
  alarm(t, 'AssetsNotCopied', {
    name: 'assets-not-copied',
    description: 'Static assets could not be copied to the other region, which would serve old ones after a failover. Look at the replication status of the newest objects, and put them again.',
    metric: { namespace: 'AWS/S3', name: 'OperationsFailedReplication', dimensions: { SourceBucket: handle.ref(), DestinationBucket: copy, RuleId: replicationRuleId } },
    statistic: 'Sum',
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    period: 300,
    periods: 1,
    topic: wiring.topic,
    when: isPrimary,
  });
  return handle;
}
