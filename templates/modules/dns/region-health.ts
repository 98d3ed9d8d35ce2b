import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { alarm } from '../monitoring/alarm';
import { alarmHealthCheck } from './alarm-health-check';
import { calculatedHealthCheck } from './calculated-health-check';
import { healthCheck } from './health-check';

/** What tells whether a region may serve. */
export interface RegionHealthSettings {
  /** What the region leaves in DNS while it may not, in words, for example `origin.<domain>`. */
  readonly leaves: string;
  /** What stands behind the load balancer, in one word. @default `task`, of ECS */
  readonly target?: string;
  /** The region's public load balancer. `fullName` is how its metrics know it. */
  readonly loadBalancer: { readonly dnsName: IntrinsicFunction; readonly fullName: IntrinsicFunction };
  /** Path that is healthy while the region can serve, asked of the load balancer itself. */
  readonly deepHealthPath: string;
  readonly alarmTopicArn: IntrinsicFunction;
}

/** Requests in each of three minutes for which the load balancer found no target that answers: more than a deployment or a lost zone leaves unanswered. */
const unansweredPerMinute = 100;

/**
 * The check of one region: unhealthy when its deep health path fails, or when its load balancer answers for want of targets. What the
 * targets answer themselves does not count: a bad release is in both regions, and a region whose database does not write yet answers
 * writes with 503 on purpose. A lost region sends no metrics, which the alarm's check takes for healthy; the other check finds it.
 * @returns the region's check: healthy while the region may serve
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html
 */
export function regionHealth(t: TemplateBuilder<Parameters, unknown>, settings: RegionHealthSettings): Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'> {
  const { leaves, target = 'task', loadBalancer, deepHealthPath, alarmTopicArn } = settings;
  const unanswered = alarm(t, 'Unanswered', {
    name: 'unanswered',
    description: `The load balancer has no ${target} that answers: Route 53 takes the region out of ${leaves} until it has`,
    metric: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_ELB_5XX_Count', dimensions: { LoadBalancer: loadBalancer.fullName } },
    statistic: 'Sum',
    comparison: 'GreaterThanThreshold',
    threshold: unansweredPerMinute,
    topic: alarmTopicArn,
  });
  const endpoint = healthCheck(t, 'EndpointCheck', { name: t.resourceName('endpoint'), host: loadBalancer.dnsName, path: deepHealthPath });
  const answers = alarmHealthCheck(t, 'AnswersCheck', { name: t.resourceName('answers'), alarmName: unanswered.ref() });
  return calculatedHealthCheck(t, 'RegionCheck', { name: t.resourceName('region'), children: [endpoint, answers] });
}
