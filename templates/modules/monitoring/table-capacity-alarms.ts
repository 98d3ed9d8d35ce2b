import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { mathAlarm, type Metric } from './alarm';

/** Units a second, as DynamoDB counts reads and writes. */
type CapacityMetric = 'ConsumedReadCapacityUnits' | 'ConsumedWriteCapacityUnits' | 'ProvisionedReadCapacityUnits' | 'ProvisionedWriteCapacityUnits';

/** A metric of a table's own capacity, without that of its indexes. */
export const ofTableCapacity = (name: CapacityMetric, table: Value<string>): Metric => ({ namespace: 'AWS/DynamoDB', name, dimensions: { TableName: table } });

/** A table with provisioned capacity that scales. */
export interface TableCapacityAlarmsSettings {
  readonly topic: Token<'String'>;
  /** The table's part of the alarms' names and descriptions. */
  readonly name: string;
  /** Its full name. */
  readonly table: Value<string>;
  /** Percent of the capacity at which it grows. */
  readonly scalesAt: number;
}

/**
 * Alarms on a table that uses nearly all of what is provisioned although it scales earlier.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function tableCapacityAlarms(t: TemplateBuilder<Parameters, unknown>, id: string, { topic, name, table, scalesAt }: TableCapacityAlarmsSettings): void {
  for (const kind of ['Read', 'Write'] as const) {
    mathAlarm(t, `${id}${kind}Capacity`, {
      name: `${name}-${kind.toLowerCase()}-capacity`,
      description: `The ${name} table has used more than 90 % of its ${kind.toLowerCase()} capacity for ten minutes although it grows at ${scalesAt} %: it may be at its maximum. Raise sessions.maximum in environments.ts, or look for one key that gets most of the requests`,
      metrics: {
        // A sum, where what is provisioned is for a second and published every five minutes.
        used: { metric: ofTableCapacity(`Consumed${kind}CapacityUnits`, table), statistic: 'Sum' },
        provisioned: { metric: ofTableCapacity(`Provisioned${kind}CapacityUnits`, table), statistic: 'Average' },
      },
      expression: '100 * (FILL(used, 0) / PERIOD(used)) / provisioned',
      comparison: 'GreaterThanThreshold',
      threshold: 90,
      period: 300,
      periods: 2,
      topic,
    });
  }
}
