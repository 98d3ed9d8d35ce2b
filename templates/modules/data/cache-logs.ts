import type { IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import type { ReplicationGroup } from '../../../src/cfn/generated/elasticache';
import { deliveryMayWrite, logGroup } from '../monitoring/log-group';

/** Where a cache writes its logs. */
export interface CacheLogSettings {
  /** Name of the cache, which is part of its log groups' names. */
  readonly cache: Name;
  readonly keyArn: IntrinsicFunction;
  /** Days that events stay. */
  readonly retentionInDays: number;
}

/** What is logged: commands that took long, and what the engine says of itself, such as failovers and lost replicas. */
const logs = { Slow: 'slow-log', Engine: 'engine-log' } as const;

/**
 * The encrypted log groups of a cache, and how the cache delivers to them, as JSON.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
 */
export function cacheLogs(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CacheLogSettings): readonly ReplicationGroup.LogDeliveryConfigurationRequest[] {
  const { cache, keyArn, retentionInDays } = settings;
  return Object.entries(logs).map(([part, LogType]) => {
    const name = cache.after('/aws/vendedlogs/elasticache/').with(`/${LogType}`);
    const group = logGroup(t, `${id}${part}Log`, { name, keyArn, retentionInDays, resourcePolicy: deliveryMayWrite(name) });
    return { LogType, LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: group.ref() } } };
  });
}
