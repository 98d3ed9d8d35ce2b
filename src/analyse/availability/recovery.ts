import type { Assumptions } from './assumptions';
import type { RequestPath } from './request-path';
import { elementsOf, objectAt, type SystemIndex } from './system-index';

/**
 * Seconds that resolvers keep the answer of an alias for a load balancer. Fixed by Route 53.
 * @see https://aws.amazon.com/route53/faqs/
 */
export const aliasTtlSeconds = 60;

/** How a system comes back in another region after its first is lost. */
export interface Recovery {
  /** Seconds between two requests of a health checker. */
  readonly intervalSeconds: number;
  /** Failed requests in a row after which the region counts as lost. */
  readonly failureThreshold: number;
  readonly ttlSeconds: number;
  /** Seconds until the other region answers reads. */
  readonly readsSeconds: number;
  /** Seconds until it takes writes, a person's decision and the promotion of its database included. */
  readonly writesSeconds: number;
  /** Seconds of writes that may be lost: the lag of the replica from which an alarm tells. Absent when no alarm watches it. */
  readonly lostSeconds?: number;
}

/**
 * Recovery times of a system, from its health check, its record and the alarm on its replica's lag. Detection is interval ×
 * threshold: what checkers need to agree comes on top, and so does what an application keeps beyond the record's time to live.
 * @returns undefined when no other region can take over: there is none, it has no database, or no health check decides
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export function recoveryOf(index: SystemIndex, path: RequestPath, assumptions: Assumptions): Recovery | undefined {
  const [first, other] = path.regions;
  if (!first || !other || (first.databases.length > 0 && other.databases.length === 0)) return undefined;
  const [check] = index.referredBy(first.record.properties['HealthCheckId']);
  if (!check) return undefined;
  const config = objectAt(check.properties, 'HealthCheckConfig');
  const intervalSeconds = Number(config['RequestInterval'] ?? 30);
  const failureThreshold = Number(config['FailureThreshold'] ?? 3);
  const ttlSeconds = first.record.properties['AliasTarget'] === undefined ? Number(first.record.properties['TTL']) : aliasTtlSeconds;
  const readsSeconds = intervalSeconds * failureThreshold + ttlSeconds;
  const promoted = other.databases.some(({ properties }) => properties['SourceDBInstanceIdentifier'] !== undefined);
  const lags = index
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties['MetricName'] === 'ReplicaLag' && String(properties['ComparisonOperator']).startsWith('GreaterThan'))
    .filter(({ properties }) => elementsOf(properties['Dimensions']).some(({ Value }) => index.referredBy(Value).some((database) => other.databases.includes(database))))
    .map(({ properties }) => Number(properties['Threshold']));
  return {
    intervalSeconds,
    failureThreshold,
    ttlSeconds,
    readsSeconds,
    writesSeconds: readsSeconds + (promoted ? (assumptions.decisionMinutes + assumptions.promotionMinutes) * 60 : 0),
    ...(lags.length > 0 && { lostSeconds: Math.min(...lags) }),
  };
}
