import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import { ServiceLevelObjective } from '../../../src/cfn/generated/applicationsignals';
import { dimensionsOf, type Metric } from './alarm';

/** An availability target over requests. */
export interface ServiceLevelObjectiveSettings {
  readonly name: string;
  readonly description: string;
  /** Percent of good requests in thirty days. */
  readonly goal: number;
  /** All requests. */
  readonly total: Metric;
  /** Requests that failed by our fault. */
  readonly bad: readonly Metric[];
}

const statOf = (metric: Metric) => ({ Period: 60, Stat: 'Sum', Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions: dimensionsOf(metric) } });

/**
 * A service level objective on the share of good requests over the last thirty days, with burn rates over an hour and six.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html
 */
export function serviceLevelObjective(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ServiceLevelObjectiveSettings): void {
  const { name, description, goal, total, bad } = settings;
  const bads = bad.map((metric, index) => ({ Id: `bad${index + 1}`, ReturnData: false, MetricStat: statOf(metric) }));
  t.add(
    id,
    new ServiceLevelObjective({
      Name: t.resourceName(name),
      Description: description,
      Goal: { AttainmentGoal: goal, WarningThreshold: 50, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
      RequestBasedSli: {
        RequestBasedSliMetric: {
          TotalRequestCountMetric: [{ Id: 'total', ReturnData: true, MetricStat: statOf(total) }],
          MonitoredRequestCountMetric: { BadCountMetric: [...bads, { Id: 'bad', ReturnData: true, Expression: bads.map(({ Id }) => Id).join(' + ') }] },
        },
      },
      BurnRateConfigurations: [{ LookBackWindowMinutes: 60 }, { LookBackWindowMinutes: 360 }],
    }),
  );
}
