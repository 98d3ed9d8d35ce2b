import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, type Metric } from './alarm';
import { loadBalancerErrors, ofLoadBalancer } from './service-alarms';

/** A load balancer that is one more way to a service whose tasks are watched elsewhere. */
export interface LoadBalancerAlarmsSettings {
  /** The load balancer's part of names, for example `api-alb`. */
  readonly name: string;
  /** Who calls through it, as descriptions say it, for example `API Gateway`. */
  readonly caller: string;
  readonly loadBalancer: Token<'String'>;
  readonly targetGroup: Token<'String'>;
  readonly topic: Token<'String'>;
}

/**
 * Alarms on the errors of a load balancer and of the tasks behind it, and on tasks that it takes for ill although another may not.
 * @param id PascalCase, before the alarms' logical ids
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function loadBalancerAlarms(t: TemplateBuilder<Parameters, unknown>, id: string, { name, caller, loadBalancer, targetGroup, topic }: LoadBalancerAlarmsSettings): void {
  const ofTargets = (metric: string): Metric => ({ namespace: 'AWS/ApplicationELB', name: metric, dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup } });
  const above = { comparison: 'GreaterThanThreshold', topic } as const;
  loadBalancerErrors(t, `${id}LoadBalancerErrors`, {
    name: `${name}-errors`,
    description: `The load balancer that ${caller} calls answers with errors of its own: no healthy task, or tasks that do not answer in time. Look at the alarms on tasks`,
    loadBalancer,
    topic,
  });
  alarm(t, `${id}Errors`, { name: `${name}-5xx`, description: `Tasks answer ${caller} with errors. Their log says why; roll back when they began with a release`, metric: ofLoadBalancer('HTTPCode_Target_5XX_Count', loadBalancer), statistic: 'Sum', threshold: 10, ...above });
  alarm(t, `${id}Unhealthy`, { name: `${name}-unhealthy`, description: `A task fails the health check of the load balancer that ${caller} calls. ECS replaces it; when that repeats, compare security groups and certificate of this load balancer with the other’s`, metric: ofTargets('UnHealthyHostCount'), statistic: 'Maximum', threshold: 0, ...above });
}
