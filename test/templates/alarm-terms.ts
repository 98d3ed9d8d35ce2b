import { plain } from './plain';

type Row = Readonly<Record<string, any>>;

const dimensionsIn = (list: readonly { Name: string; Value: string }[]): Row => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));

/** All that decides when an alarm on one metric goes off. */
export const decisive = ({ Namespace, MetricName, Dimensions, Statistic, ExtendedStatistic, EvaluateLowSampleCountPercentile, ComparisonOperator, Threshold, Period, EvaluationPeriods, TreatMissingData }: Row): Row => ({
  metric: `${Namespace} ${MetricName}`,
  dimensions: dimensionsIn(Dimensions),
  over: [Statistic, ExtendedStatistic, EvaluateLowSampleCountPercentile, ComparisonOperator, Threshold],
  periods: [Period, EvaluationPeriods, TreatMissingData],
});

/** The same of an alarm that goes off above a threshold, as an assertion writes it down. */
export const above = (metric: string, dimensions: Row, statistic: string, threshold: number, periods = 3, period = 60): Row => ({
  metric,
  dimensions,
  over: [...(statistic.startsWith('p') ? [undefined, statistic, 'ignore'] : [statistic, undefined, undefined]), 'GreaterThanThreshold', threshold],
  periods: [period, periods, 'notBreaching'],
});

/** All that decides when an alarm on several metrics goes off: each as `m1 = AWS/DynamoDB ReadThrottleEvents TableName=sessions Sum 60`. */
export const calculated = ({ Metrics, ComparisonOperator, Threshold, EvaluationPeriods, TreatMissingData }: Row): Row => ({
  metrics: (plain(Metrics) as readonly Row[]).map(({ Id, ReturnData, Expression, MetricStat }) => {
    if (Expression !== undefined) return `${Id} = ${Expression}${ReturnData ? ' returned' : ''}`;
    const dimensions = (MetricStat.Metric.Dimensions as readonly Row[]).map(({ Name, Value }) => `${Name}=${Value}`);
    return `${Id} = ${MetricStat.Metric.Namespace} ${MetricStat.Metric.MetricName} ${dimensions.join(' ')} ${MetricStat.Stat} ${MetricStat.Period}${ReturnData ? ' returned' : ''}`;
  }),
  over: [ComparisonOperator, Threshold],
  periods: [EvaluationPeriods, TreatMissingData],
});

/** The same of an alarm that has learnt what is usual at the hour: a metric as `calculated` writes it. */
export const learnt = (alarm: Row): Row => ({ ...calculated(alarm), threshold: alarm['ThresholdMetricId'] });

/** What `learnt` says of an alarm on a metric above its band. */
export const unusual = (metric: string): Row => ({
  metrics: [`actual = ${metric} 300 returned`, 'usual = ANOMALY_DETECTION_BAND(actual, 3) returned'],
  over: ['GreaterThanUpperThreshold', undefined],
  periods: [3, 'notBreaching'],
  threshold: 'usual',
});
