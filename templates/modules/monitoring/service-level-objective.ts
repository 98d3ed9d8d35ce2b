import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import { ServiceLevelObjective } from '../../../src/cfn/generated/applicationsignals';
import { dimensionsOf, type Metric } from './alarm';
import { burnRateWindows } from './burn-rate-alarms';

/** A metric, and how its values become a number of requests. */
export interface Count extends Metric {
  /**
   * `SampleCount` counts the values themselves, `TC(:2)` those of at most 2. @default `Sum`
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
   */
  readonly statistic?: 'Sum' | 'SampleCount' | `TC(:${number})`;
}

/** Which requests are good, by one of three kinds of metric. */
export type Outcome =
  /** Counts of requests that failed by our fault, added up. */
  | { readonly bad: readonly Count[] }
  /** A count of the good ones. */
  | { readonly good: Count }
  /** The percentage that failed, of metrics that have no count. */
  | { readonly badPercent: Metric };

/** A target over requests. */
export type ServiceLevelObjectiveSettings = Outcome & {
  readonly name: string;
  readonly description: string;
  /** Percent of good requests in thirty days. */
  readonly goal: number;
  /** All requests. */
  readonly total: Count;
};

const statOf = (metric: Metric, statistic: string) => ({ Period: 60, Stat: statistic, Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions: dimensionsOf(metric) } });
const countOf = (count: Count) => statOf(count, count.statistic ?? 'Sum');

/** The metric math that counts good or bad requests. Load balancers publish no zeros, and a sum of nothing would be nothing. */
function monitoredOf(settings: ServiceLevelObjectiveSettings) {
  if ('good' in settings) return { GoodCountMetric: [{ Id: 'good', ReturnData: true, MetricStat: countOf(settings.good) }] };
  if ('bad' in settings) {
    const bads = settings.bad.map((count, index) => ({ Id: `bad${index + 1}`, ReturnData: false, MetricStat: countOf(count) }));
    return { BadCountMetric: [...bads, { Id: 'bad', ReturnData: true, Expression: bads.map(({ Id }) => `FILL(${Id}, 0)`).join(' + ') }] };
  }
  return {
    BadCountMetric: [
      { Id: 'requests', ReturnData: false, MetricStat: countOf(settings.total) },
      { Id: 'percent', ReturnData: false, MetricStat: statOf(settings.badPercent, 'Average') },
      { Id: 'bad', ReturnData: true, Expression: 'requests * percent / 100' },
    ],
  };
}

/**
 * A service level objective on the share of good requests over the last thirty days, with burn rates over an hour and six.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html
 */
export function serviceLevelObjective(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ServiceLevelObjectiveSettings): void {
  const { name, description, goal, total } = settings;
  t.add(
    id,
    new ServiceLevelObjective({
      Name: t.resourceName(name),
      Description: description,
      Goal: { AttainmentGoal: goal, WarningThreshold: 50, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
      RequestBasedSli: {
        RequestBasedSliMetric: {
          TotalRequestCountMetric: [{ Id: 'total', ReturnData: true, MetricStat: countOf(total) }],
          MonitoredRequestCountMetric: monitoredOf(settings),
        },
      },
      BurnRateConfigurations: burnRateWindows.map((minutes) => ({ LookBackWindowMinutes: minutes })),
    }),
  );
}
