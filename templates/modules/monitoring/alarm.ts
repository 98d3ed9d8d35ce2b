import type { Condition, Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Alarm } from '../../../src/cfn/generated/cloudwatch';

/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, Value<string>>>;
}

/** When an alarm goes off. */
export interface AlarmSettings {
  /** The alarm's part of its name, for example `dlq-queue`. */
  readonly name: string;
  /** What has happened and what to do, for the person it wakes. */
  readonly description: string;
  readonly metric: Metric;
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum';
  readonly comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold' | 'LessThanOrEqualToThreshold';
  readonly threshold: number;
  /** Seconds of one period. @default 60 */
  readonly period?: number;
  /** Periods in a row that must be over the threshold. @default 3, so that one bad minute wakes nobody */
  readonly periods?: number;
  /** What a period without data means. @default `notBreaching`: most metrics are silent when nothing happens */
  readonly missing?: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
  readonly topic: IntrinsicFunction;
  readonly when?: Condition;
}

/** Dimensions in the form that alarms take. */
export const dimensionsOf = ({ dimensions }: Metric): { Name: string; Value: Value<string> }[] => Object.entries(dimensions).map(([Name, value]) => ({ Name, Value: value }));

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
      Statistic: statistic,
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
