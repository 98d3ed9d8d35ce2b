import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, type Metric } from './alarm';

/** Pods behind a load balancer. */
export interface PodTargetAlarmsSettings {
  /** The service's part of names and descriptions, for example `api`. */
  readonly name: string;
  readonly loadBalancer: Token<'String'>;
  readonly targetGroup: Token<'String'>;
  /** Seconds within which 99 % of the requests are to be answered. */
  readonly answersWithin: number;
  readonly topic: Token<'String'>;
}

/**
 * Alarms on the errors, health and latency of the pods that a load balancer sends to.
 * @param id PascalCase, before the alarms' logical ids
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function podTargetAlarms(t: TemplateBuilder<Parameters, unknown>, id: string, { name, loadBalancer, targetGroup, answersWithin, topic }: PodTargetAlarmsSettings): void {
  const ofTargets = (metric: string): Metric => ({ namespace: 'AWS/ApplicationELB', name: metric, dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup } });
  const above = { comparison: 'GreaterThanThreshold', topic } as const;
  alarm(t, `${id}Errors`, {
    name: `${name}-5xx`,
    description: `Pods of the ${name} answer with errors. Their log says why: roll back when they began with a release, otherwise look at database and cache`,
    metric: ofTargets('HTTPCode_Target_5XX_Count'),
    statistic: 'Sum',
    threshold: 10,
    ...above,
  });
  alarm(t, `${id}Unhealthy`, {
    name: `${name}-unhealthy`,
    description: `A pod of the ${name} fails the health check of the load balancer, which sends it nothing. When its own probes succeed, compare the security groups; when they fail too, its log says why`,
    metric: ofTargets('UnHealthyHostCount'),
    statistic: 'Maximum',
    threshold: 0,
    ...above,
  });
  alarm(t, `${id}Latency`, {
    name: `${name}-latency`,
    description: `One ${name} request of a hundred takes longer than ${answersWithin} s. Look at the CPU of database and cache first, then at the slowest statements in Performance Insights, then whether more pods were wanted than are there`,
    metric: ofTargets('TargetResponseTime'),
    statistic: 'p99',
    threshold: answersWithin,
    periods: 5,
    ...above,
  });
}
