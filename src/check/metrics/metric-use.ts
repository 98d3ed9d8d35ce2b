import type { Value, ValueObject } from '../../resolve';

/** What names a metric, together. */
export type MetricPart = 'namespace' | 'name' | 'dimensions';

/** A place in a template that names a metric: an alarm, a line of a graph, a part of an objective, a scaling policy. */
export interface MetricUse {
  /** Each as resolved; not text when deployment decides it. */
  readonly namespace: Value;
  readonly name: Value;
  readonly dimensions: ReadonlyMap<string, Value>;
  /** The region whose CloudWatch is asked; undefined when deployment decides it. */
  readonly region: string | undefined;
  /** Where each stands below the resource: `Properties/Metrics/0/MetricStat/Metric/MetricName`. */
  readonly paths: Readonly<Record<MetricPart, string>>;
  /** Which part of the resource it is, when that has a name: the title of a graph. */
  readonly part?: string;
}

/** The types that name metrics by `Namespace`, `MetricName` and `Dimensions`, somewhere in their properties. */
export const metricTypes: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::ApplicationSignals::ServiceLevelObjective',
  'AWS::AutoScaling::ScalingPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::AnomalyDetector',
]);

const isObject = (value: Value | undefined): value is ValueObject => typeof value === 'object' && value !== null && !Array.isArray(value) && !('origin' in value);

/**
 * The metrics that a value names, at any depth.
 * @param region of the instance that holds it: these types read their own region only
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudwatch-alarm-metric.html
 */
export function metricsIn(value: Value, region: string, path: readonly string[] = ['Properties']): MetricUse[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((element, index) => metricsIn(element, region, [...path, String(index)]));
  if (!isObject(value)) return [];
  const { Namespace: namespace, MetricName: name, Dimensions: dimensions } = value;
  const own = namespace === undefined || name === undefined ? [] : [{ namespace, name, dimensions: namesAndValues(dimensions), region, paths: pathsBelow(path.join('/')) }];
  return [...own, ...Object.entries(value).flatMap(([key, element]) => metricsIn(element, region, [...path, key]))];
}

function pathsBelow(path: string): MetricUse['paths'] {
  return { namespace: `${path}/Namespace`, name: `${path}/MetricName`, dimensions: `${path}/Dimensions` };
}

function namesAndValues(dimensions: Value | undefined): ReadonlyMap<string, Value> {
  const list = Array.isArray(dimensions) ? (dimensions as readonly Value[]) : [];
  return new Map(list.filter(isObject).flatMap(({ Name, Value: value }) => (typeof Name === 'string' && value !== undefined ? [[Name, value] as const] : [])));
}
