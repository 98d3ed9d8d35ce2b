import { elementsOf, type PlacedResource } from '../../system-index';
import type { CostContext, Costings } from '../cost-line';
import { serves } from './load';

/** Log groups that only functions of a rollout or a drill write to: next to nothing. */
const seldom = /(Empty|LookUp|Rotate|Shortage|Loss|Canary|Sessions?)\w*Log$|WebAclLog$|RateLimitLog$/;

/** What keys, alarms, logs and buckets cost. */
export const operation: Costings = {
  'AWS::KMS::Key': () => [{ component: 'Keys and secrets', price: 'key', quantity: 1 }],
  'AWS::SecretsManager::Secret': ({ properties }) => [{ component: 'Keys and secrets', price: 'secret', quantity: 1 + elementsOf(properties['ReplicaRegions']).length }],
  'AWS::CloudWatch::Alarm': (alarm) => [{ component: 'Monitoring', price: 'alarm', quantity: alarmMetrics(alarm) }],
  'AWS::CloudWatch::Dashboard': () => [{ component: 'Monitoring', price: 'dashboard', quantity: 1 }],
  'AWS::Synthetics::Canary': ({ properties }, { usage }) => [{ component: 'Monitoring', price: 'canary-run', quantity: (usage.hours * 60) / minutesBetweenRuns(properties['Schedule']) }],
  'AWS::Logs::LogGroup': (group, context) => {
    const gigabytes = logGigabytes(group, context);
    return [
      { component: 'Logs', price: 'log-data', quantity: gigabytes },
      { component: 'Logs', price: 'log-storage', quantity: (gigabytes * Number(group.properties['RetentionInDays'] ?? 365)) / 30 },
    ];
  },
  'AWS::Logs::SubscriptionFilter': (filter, context) => {
    const [group] = context.index.referredBy(filter.properties['LogGroupName']);
    return [{ component: 'Logs', price: 'firehose', quantity: group ? logGigabytes(group, context) : 0 }];
  },
  'AWS::S3::Bucket': (bucket, { usage, primary }) => [{ component: 'Storage', price: 's3-storage', quantity: serves(bucket, primary) ? usage.bucketGigabytes : usage.bucketGigabytes / 10 }],
};

/** An anomaly band is billed as three metrics, a mathematical alarm by each of its own. @see https://aws.amazon.com/cloudwatch/pricing/ */
function alarmMetrics({ properties }: PlacedResource): number {
  if (properties['ThresholdMetricId'] !== undefined) return 3;
  return Math.max(1, elementsOf(properties['Metrics']).filter(({ MetricStat }) => MetricStat !== undefined).length);
}

function logGigabytes(group: PlacedResource, { usage, primary }: CostContext): number {
  return serves(group, primary) && !seldom.test(group.logicalId) ? usage.logGigabytes : usage.logGigabytes / 100;
}

function minutesBetweenRuns(schedule: unknown): number {
  const [, count = '5'] = /rate\((\d+) minute/.exec(String((schedule as { readonly Expression?: unknown } | undefined)?.Expression)) ?? [];
  return Number(count);
}
