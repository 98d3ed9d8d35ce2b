import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, type Metric } from './alarm';
import type { Graph } from './dashboard';

/** Where CloudFront, WAF for CloudFront and Route 53 publish their metrics. */
export const edgeRegion = 'us-east-1';

/** Route 53's view of two regions. */
export interface HealthAlarmsSettings {
  readonly topic: Token<'String'>;
  readonly primaryHealthCheckId: Token<'String'>;
  readonly secondaryHealthCheckId: Token<'String'>;
  /** What to do, by what has happened: it ends the alarm's description. @default nothing said */
  readonly advice?: Partial<Readonly<Record<'primaryHealth' | 'secondaryHealth', string>>>;
}

/** The health of both regions, 1 or 0. */
export type HealthMetrics = Readonly<Record<'primaryHealth' | 'secondaryHealth', Metric>>;

/** The metric of a health check. */
const ofHealthCheck = (id: Token<'String'>): Metric => ({ namespace: 'AWS/Route53', name: 'HealthCheckStatus', dimensions: { HealthCheckId: id } });

/** A description and, after it, what to do. */
export const withAdvice = (what: string, advice: string | undefined): string => (advice === undefined ? what : `${what}. ${advice}`);

/**
 * Alarms on the health checks of both regions. They stand in us-east-1, where Route 53 has its metrics.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html
 */
export function healthAlarms(t: TemplateBuilder<Parameters, unknown>, { topic, primaryHealthCheckId, secondaryHealthCheckId, advice = {} }: HealthAlarmsSettings): HealthMetrics {
  const metrics = { primaryHealth: ofHealthCheck(primaryHealthCheckId), secondaryHealth: ofHealthCheck(secondaryHealthCheckId) };
  // Without an answer from Route 53 nobody knows whether the region is well.
  const unhealthy = { statistic: 'Minimum', comparison: 'LessThanThreshold', threshold: 1, periods: 2, missing: 'breaching', topic } as const;
  alarm(t, 'PrimaryHealth', {
    name: 'primary-region-health',
    description: withAdvice('The primary region does not answer its health check and gets no traffic', advice.primaryHealth),
    metric: metrics.primaryHealth,
    ...unhealthy,
  });
  alarm(t, 'SecondaryHealth', {
    name: 'secondary-region-health',
    description: withAdvice('The secondary region does not answer its health check: nothing could take over now', advice.secondaryHealth),
    metric: metrics.secondaryHealth,
    ...unhealthy,
  });
  return metrics;
}

/** The graphs of both health checks, to stand side by side. */
export function healthGraphs({ primary, secondary }: { readonly primary: string; readonly secondary: string }, metrics: HealthMetrics): readonly Graph[] {
  return [
    { title: `Health of ${primary}`, statistic: 'Average', region: edgeRegion, metrics: [{ ...metrics.primaryHealth, label: 'healthy' }] },
    { title: `Health of ${secondary}`, statistic: 'Average', region: edgeRegion, metrics: [{ ...metrics.secondaryHealth, label: 'healthy' }] },
  ];
}
