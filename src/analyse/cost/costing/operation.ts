import type { ValueObject } from '../../../resolve';
import { elementsOf, objectAt, type PlacedResource } from '../../system-index';
import type { CostContext, Costings, Use } from '../cost-line';
import { serves } from './load';

/** Log groups that only functions of a rollout or a drill write to: next to nothing. */
const seldom = /(Empty|LookUp|Rotate|Shortage|Loss|Canary|Sessions?)\w*Log$|WebAclLog$|RateLimitLog$/;

/** What keys, alarms, logs and buckets cost. */
export const operation: Costings = {
  'AWS::KMS::Key': () => [{ component: 'Keys and secrets', price: 'key', quantity: 1 }],
  'AWS::KMS::ReplicaKey': () => [{ component: 'Keys and secrets', price: 'key', quantity: 1 }],
  'AWS::SecretsManager::Secret': ({ properties }) => [{ component: 'Keys and secrets', price: 'secret', quantity: 1 + elementsOf(properties['ReplicaRegions']).length }],
  'AWS::CloudWatch::Alarm': (alarm) => [{ component: 'Monitoring', price: 'alarm', quantity: alarmMetrics(alarm) }],
  'AWS::CloudWatch::CompositeAlarm': () => [{ component: 'Monitoring', price: 'composite-alarm', quantity: 1 }],
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
  'AWS::S3::Bucket': bucket,
  'AWS::Backup::BackupVault': (_, { usage }) => [{ component: 'Storage', price: 'backup-storage', quantity: usage.vaultGigabytes }],
  // The first copy of management events is free; only events of data are paid.
  'AWS::CloudTrail::Trail': (trail, { usage }) => [{ component: 'Logs', price: 'trail-data-events', quantity: logsData(trail) ? usage.dataEvents / 100_000 : 0 }],
  // All rules of a region share its requests.
  'AWS::XRay::SamplingRule': (rule, { index, usage, primary }) => {
    const rules = index.ofType(rule.type).filter(({ region }) => region === rule.region).length;
    const share = Number(objectAt(rule.properties, 'SamplingRule')['FixedRate'] ?? defaultSampling);
    return [{ component: 'Monitoring', price: 'trace', quantity: serves(rule, primary) ? (usage.requests * share) / rules / 1e6 : 0 }];
  },
};

/** Share of the requests that X-Ray samples where a rule says nothing. @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html */
const defaultSampling = 0.05;

/** What lies in a bucket, and what is copied from it to another region; a copy is as large as what it is of. */
function bucket(of: PlacedResource, { index, usage, primary }: CostContext): Use[] {
  const rules = elementsOf(objectAt(of.properties, 'ReplicationConfiguration')['Rules']).filter(({ Status }) => Status === 'Enabled');
  const timed = rules.some((rule) => objectAt(rule, 'Destination', 'ReplicationTime')['Status'] === 'Enabled');
  const isCopy = index.ofType(of.type).some((each) => each.id === of.id && each.region !== of.region && each.properties['ReplicationConfiguration'] !== undefined);
  const copied = rules.length > 0 && serves(of, primary) ? usage.replicatedGigabytes : 0;
  return [
    { component: 'Storage', price: 's3-storage', quantity: serves(of, primary) || isCopy ? usage.bucketGigabytes : usage.bucketGigabytes / 10 },
    { component: 'Storage', price: 'region-transfer', quantity: copied },
    { component: 'Storage', price: 's3-replication-time', quantity: timed ? copied : 0 },
  ];
}

/** Whether a trail records reading and writing of data, such as objects, beside calls that manage. */
function logsData({ properties }: PlacedResource): boolean {
  const advanced = elementsOf(properties['AdvancedEventSelectors']).flatMap((selector) => elementsOf(selector['FieldSelectors']));
  const isData = ({ Field, Equals }: ValueObject): boolean => Field === 'eventCategory' && Array.isArray(Equals) && Equals.includes('Data');
  return advanced.some(isData) || elementsOf(properties['EventSelectors']).some((selector) => elementsOf(selector['DataResources']).length > 0);
}

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
