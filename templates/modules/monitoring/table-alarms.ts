import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { alarm, mathAlarm, type MathAlarmSettings, type Metric } from './alarm';

/** An operation on a table, as DynamoDB's metrics name it. */
export type TableOperation = 'BatchGetItem' | 'BatchWriteItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'Scan' | 'TransactGetItems' | 'TransactWriteItems' | 'UpdateItem';

/** A table with its indexes. */
export interface WatchedTable {
  /** Its full name. */
  readonly table: Value<string>;
  /** Names of its global secondary indexes, which are throttled apart from it: four at most, for an alarm takes ten metrics. */
  readonly indexes: readonly string[];
}

/** A replica of a global table, and when its alarms go off. */
export interface TableAlarmsSettings extends WatchedTable {
  readonly topic: Token<'String'>;
  /** The table's part of the alarms' names and descriptions, for example `sessions`. */
  readonly name: string;
  /** What the table is used for, ten operations at most: DynamoDB counts its own errors by operation. */
  readonly operations: readonly TableOperation[];
  /** What may be done about throttling. @default `on demand` */
  readonly capacity?: keyof typeof throttledAdvice;
  /** Whether another region has a replica. @default true */
  readonly replicated?: boolean;
}

/** What to do about a table that throttles, by how its capacity is paid. */
const throttledAdvice = {
  'on demand': 'A table on demand takes twice its last peak at once: wait when load has just doubled',
  provisioned: 'Provisioned capacity needs a few minutes to grow: wait when load has just risen, and raise sessions.maximum in environments.ts when it has grown to its most',
} as const;

/** A metric of one operation on a table and its indexes. */
export const ofOperation = (name: 'SuccessfulRequestLatency' | 'SystemErrors', table: Value<string>, operation: TableOperation): Metric => ({
  namespace: 'AWS/DynamoDB',
  name,
  dimensions: { TableName: table, Operation: operation },
});

/** The reads or writes that DynamoDB throttled: of the table, then of each index, for no metric has them together. */
export const throttledOf = (name: 'ReadThrottleEvents' | 'WriteThrottleEvents', { table, indexes }: WatchedTable): readonly Metric[] =>
  [{}, ...indexes.map((index) => ({ GlobalSecondaryIndexName: index }))].map((index) => ({ namespace: 'AWS/DynamoDB', name, dimensions: { TableName: table, ...index } }));

/** How long writes of this region need to another. */
export const ofTableReplication = (table: Value<string>, to: Value<string>): Metric => ({ namespace: 'AWS/DynamoDB', name: 'ReplicationLatency', dimensions: { TableName: table, ReceivingRegion: to } });

/** Milliseconds that a write may need to the other region: usually it is there within a second. */
const mostReplicationLatency = 30_000;

/**
 * Alarms on a table that refuses requests, fails, or lags behind in the other region. Where nobody reads or writes, there are none of
 * the metrics.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TroubleshootingThrottling-cloudwatch.html
 */
export function tableAlarms(t: TemplateBuilder<Parameters, unknown>, id: string, { topic, name, table, indexes, operations, capacity = 'on demand', replicated = true }: TableAlarmsSettings): void {
  const throttled = [...throttledOf('ReadThrottleEvents', { table, indexes }), ...throttledOf('WriteThrottleEvents', { table, indexes })];
  mathAlarm(t, `${id}Throttled`, {
    name: `${name}-throttled`,
    description: `DynamoDB has throttled requests to the ${name} table or its indexes three minutes in a row. ${throttledAdvice[capacity]}; otherwise look for one key that gets most of the requests, and for the account’s quota`,
    ...sumOf(throttled),
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    topic,
  });
  mathAlarm(t, `${id}Errors`, {
    name: `${name}-errors`,
    description: `DynamoDB has answered requests to the ${name} table with errors of its own three minutes in a row. Look at the AWS Health Dashboard${replicated ? '; when it lasts, send users to the other region, which has a replica' : ''}`,
    ...sumOf(operations.map((operation) => ofOperation('SystemErrors', table, operation))),
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    topic,
  });
  if (!replicated) return;
  alarm(t, `${id}Replication`, {
    name: `${name}-replication`,
    description: `Writes to the ${name} table have needed more than ${mostReplicationLatency / 1000} s to the other region for ten minutes: a failover now would lose the last of them. Look at the AWS Health Dashboard of both regions, and for throttled writes in the other one`,
    metric: ofTableReplication(table, t.otherRegion),
    statistic: 'Average',
    comparison: 'GreaterThanThreshold',
    threshold: mostReplicationLatency,
    period: 300,
    periods: 2,
    topic,
  });
}

/** Metrics added up. DynamoDB publishes no zeros, and a sum with nothing in it would be nothing. */
function sumOf(metrics: readonly Metric[]): Pick<MathAlarmSettings, 'metrics' | 'expression'> {
  const named = metrics.map((metric, index) => [`m${index + 1}`, { metric, statistic: 'Sum' as const }] as const);
  return { metrics: Object.fromEntries(named), expression: named.map(([id]) => `FILL(${id}, 0)`).join(' + ') };
}
