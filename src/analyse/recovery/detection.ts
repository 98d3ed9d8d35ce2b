import { elementsOf, objectAt, type PlacedResource, type SystemIndex } from '../system-index';

/** How a health check finds a region that answers nothing any more. */
export interface Detection {
  /** Id of the check that finds it: `Dns/HealthCheck`. */
  readonly check: string;
  /** Seconds between two requests of a health checker. */
  readonly intervalSeconds: number;
  /** Failed requests in a row after which the region counts as lost. */
  readonly failureThreshold: number;
}

/** Seconds until the loss is found. What checkers need to agree comes on top. */
export const detectionSeconds = ({ intervalSeconds, failureThreshold }: Detection): number => intervalSeconds * failureThreshold;

/**
 * How a health check finds a lost region. A calculated check is unhealthy as soon as fewer of its children are healthy than its
 * threshold says. A check on an alarm finds nothing: a lost region sends no metrics.
 * @returns undefined for a check that does not find it
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export function detectionBy(index: SystemIndex, check: PlacedResource): Detection | undefined {
  const config = objectAt(check.properties, 'HealthCheckConfig');
  switch (config['Type']) {
    case 'CALCULATED': {
      const children = [config['ChildHealthChecks'] ?? []].flat().flatMap((child) => index.referredBy(child));
      const found = children.flatMap((child) => detectionBy(index, child) ?? []).sort((a, b) => detectionSeconds(a) - detectionSeconds(b));
      return found[children.length - Number(config['HealthThreshold'] ?? 0)];
    }
    case 'CLOUDWATCH_METRIC':
    case 'RECOVERY_CONTROL':
      return undefined;
    default:
      return { check: check.id, intervalSeconds: Number(config['RequestInterval'] ?? 30), failureThreshold: Number(config['FailureThreshold'] ?? 3) };
  }
}

/**
 * Seconds until an alarm tells that a health check failed, counted from the failure. Of several alarms the quickest counts.
 * @returns undefined when no alarm watches the check
 */
export function calledAfterSeconds(index: SystemIndex, check: PlacedResource): number | undefined {
  const alarms = index
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties['MetricName'] === 'HealthCheckStatus' && elementsOf(properties['Dimensions']).some(({ Value }) => index.referredBy(Value).includes(check)));
  return alarms.length > 0 ? Math.min(...alarms.map(alarmSeconds)) : undefined;
}

/** Seconds from the moment that a metric is over an alarm's threshold until the alarm goes off: all its periods. */
export const alarmSeconds = ({ properties }: PlacedResource): number => Number(properties['Period']) * Number(properties['EvaluationPeriods']);
