import { Fn, type Handle, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { MetricFilter } from '../../../src/cfn/generated/logs';

/** What marks an event as an error: the upper-case level of most loggers, JSON's `level` field, and nginx's levels. */
const errorMarks = ['"ERROR"', '"FATAL"', '"\\"level\\":\\"error\\""', '"[error]"', '"[crit]"', '"[alert]"', '"[emerg]"'];

/** Metrics that count a log group's events by level. */
export interface LogLevelMetricsSettings {
  readonly logGroup: Handle<'AWS::Logs::LogGroup', 'Arn'>;
  /** The service's part of the metrics' names, for example `Frontend`: `FrontendErrorEvents` and `FrontendGeneralEvents`. */
  readonly name: string;
}

/** Namespace of the metrics made of log events, for one copy of an environment. */
export function logMetricsNamespace(t: TemplateBuilder<Parameters, unknown>): ReturnType<typeof Fn.Sub> {
  return Fn.Sub(`${t.context.system}/${t.context.shortEnvironment}-\${EnvironmentSuffix}/logs`);
}

/**
 * Splits errors from the rest: each event counts in one of two metrics.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function logLevelMetrics(t: TemplateBuilder<Parameters, unknown>, id: string, settings: LogLevelMetricsSettings): void {
  const { logGroup, name } = settings;
  const filters = { Error: errorMarks.map((mark) => `?${mark}`), General: errorMarks.map((mark) => `-${mark}`) };
  for (const [level, terms] of Object.entries(filters)) {
    t.add(
      `${id}${level}Events`,
      new MetricFilter({
        LogGroupName: logGroup.ref(),
        FilterPattern: terms.join(' '),
        MetricTransformations: [{ MetricNamespace: logMetricsNamespace(t), MetricName: `${name}${level}Events`, MetricValue: '1', DefaultValue: 0, Unit: 'Count' }],
      }),
    );
  }
}
