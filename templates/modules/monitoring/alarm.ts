import type { Condition, Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Alarm } from '../../../src/cfn/generated/cloudwatch';

/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: Value<string>;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, Value<string>>>;
}

/** A statistic that CloudWatch keeps of every metric. */
type Statistic = 'Average' | 'Maximum' | 'Minimum' | 'Sum';

/** The value that this share of all values, in percent, stays below. */
type Percentile = `p${number}`;

/** When an alarm goes off. */
export interface AlarmSettings {
  /** The alarm's part of its name, for example `dlq-queue`. */
  readonly name: string;
  /** What has happened and what to do, for the person it wakes. */
  readonly description: string;
  readonly metric: Metric;
  /** A percentile such as `p99` leaves the alarm as it is while too few values come to tell. */
  readonly statistic: Statistic | Percentile;
  readonly comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold' | 'LessThanOrEqualToThreshold';
  readonly threshold: number;
  /** Seconds of one period. @default 60 */
  readonly period?: number;
  /** Periods in a row that must be over the threshold. @default 3, so that one bad minute wakes nobody */
  readonly periods?: number;
  /** What a period without data means. @default `notBreaching`: most metrics are silent when nothing happens */
  readonly missing?: Value<'breaching' | 'notBreaching' | 'ignore' | 'missing'>;
  readonly topic: IntrinsicFunction;
  readonly when?: Condition;
}

/** Dimensions in the form that alarms take. */
export const dimensionsOf = ({ dimensions }: Metric): { Name: string; Value: Value<string> }[] => Object.entries(dimensions).map(([Name, value]) => ({ Name, Value: value }));

const isStatistic = (statistic: Statistic | Percentile): statistic is Statistic => !statistic.startsWith('p');

/**
 * An alarm on one metric, which tells its topic when it goes off and when it is over.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function alarm(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AlarmSettings): Handle<'AWS::CloudWatch::Alarm', 'Arn'> {
  const { name, description, metric, statistic, comparison, threshold, period = 60, periods = 3, missing = 'notBreaching', topic, when } = settings;
  return t.add(
    id,
    new Alarm({
      AlarmName: t.resourceName(name),
      AlarmDescription: description,
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: dimensionsOf(metric),
      ...(isStatistic(statistic) ? { Statistic: statistic } : { ExtendedStatistic: statistic, EvaluateLowSampleCountPercentile: 'ignore' }),
      ComparisonOperator: comparison,
      Threshold: threshold,
      Period: period,
      EvaluationPeriods: periods,
      TreatMissingData: missing,
      ActionsEnabled: true,
      AlarmActions: [topic],
      OKActions: [topic],
    }),
    { when },
  );
}

/** An alarm on a metric that leaves the band in which it usually lies. */
export interface AnomalyAlarmSettings extends Omit<AlarmSettings, 'comparison' | 'threshold'> {
  /** Width of the band in standard deviations. @default 3 */
  readonly deviations?: number;
}

/**
 * An alarm that learns what is usual: it goes off above the band that CloudWatch expects at that hour.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
 */
export function anomalyAlarm(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AnomalyAlarmSettings): Handle<'AWS::CloudWatch::Alarm', 'Arn'> {
  const { name, description, metric, statistic, deviations = 3, period = 300, periods = 3, missing = 'notBreaching', topic, when } = settings;
  return t.add(
    id,
    new Alarm({
      AlarmName: t.resourceName(name),
      AlarmDescription: description,
      Metrics: [
        { Id: 'actual', ReturnData: true, MetricStat: { Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions: dimensionsOf(metric) }, Period: period, Stat: statistic } },
        { Id: 'usual', ReturnData: true, Expression: `ANOMALY_DETECTION_BAND(actual, ${deviations})` },
      ],
      ThresholdMetricId: 'usual',
      ComparisonOperator: 'GreaterThanUpperThreshold',
      EvaluationPeriods: periods,
      TreatMissingData: missing,
      ActionsEnabled: true,
      AlarmActions: [topic],
      OKActions: [topic],
    }),
    { when },
  );
}

/** An alarm on several metrics together. */
export interface MathAlarmSettings extends Omit<AlarmSettings, 'metric' | 'statistic'> {
  /** The metrics by the name that they have in `expression`, which begins with a lower-case letter. */
  readonly metrics: Readonly<Record<string, { readonly metric: Metric; readonly statistic: Statistic }>>;
  /** Metric math that gives one number a period. */
  readonly expression: string;
}

/**
 * An alarm on a number that is calculated from several metrics.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function mathAlarm(t: TemplateBuilder<Parameters, unknown>, id: string, settings: MathAlarmSettings): Handle<'AWS::CloudWatch::Alarm', 'Arn'> {
  const { name, description, metrics, expression, comparison, threshold, period = 60, periods = 3, missing = 'notBreaching', topic, when } = settings;
  const read = Object.entries(metrics).map(([Id, { metric, statistic }]) => ({
    Id,
    ReturnData: false,
    MetricStat: { Metric: { Namespace: metric.namespace, MetricName: metric.name, Dimensions: dimensionsOf(metric) }, Period: period, Stat: statistic },
  }));
  return t.add(
    id,
    new Alarm({
      AlarmName: t.resourceName(name),
      AlarmDescription: description,
      Metrics: [...read, { Id: 'result', ReturnData: true, Expression: expression }],
      ComparisonOperator: comparison,
      Threshold: threshold,
      EvaluationPeriods: periods,
      TreatMissingData: missing,
      ActionsEnabled: true,
      AlarmActions: [topic],
      OKActions: [topic],
    }),
    { when },
  );
}
