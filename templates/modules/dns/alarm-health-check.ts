import { Aws, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { HealthCheck } from '../../../src/cfn/generated/route53';

/** A check that is as healthy as a metric. */
export interface AlarmHealthCheckSettings {
  /** Shown in the console, where a health check has no other name. */
  readonly name: Name;
  /**
   * Name of an alarm of this region. Route 53 follows the alarm's metric and threshold, not its state: it takes one metric of standard
   * resolution with a plain statistic, and neither metric math nor “M out of N” periods.
   */
  readonly alarmName: IntrinsicFunction;
  /**
   * What a metric without data means. @default `Healthy`, for metrics that are silent while nothing is wrong: `Unhealthy` would take
   * a region out for a quiet minute, and `LastKnownStatus` would hold one out after its last error, when no traffic is left to
   * show that it is well again
   */
  readonly withoutData?: 'Healthy' | 'LastKnownStatus' | 'Unhealthy';
}

/**
 * A health check on the metric of a CloudWatch alarm in this region.
 *
 * On its own it finds no lost region, which sends no metrics: combine it with a check of the endpoint, see `calculatedHealthCheck`.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-types.html
 */
export function alarmHealthCheck(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AlarmHealthCheckSettings): Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'> {
  const { name, alarmName, withoutData = 'Healthy' } = settings;
  return t.add(
    id,
    new HealthCheck({
      HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: alarmName, Region: Aws.region }, InsufficientDataHealthStatus: withoutData },
      HealthCheckTags: [{ Key: 'Name', Value: name }],
    }),
  );
}
