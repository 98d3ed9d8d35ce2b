import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { alarm } from '../monitoring/alarm';
import { alarmHealthCheck } from './alarm-health-check';
import { calculatedHealthCheck } from './calculated-health-check';
import { failoverRecord } from './failover-record';
import { healthCheck } from './health-check';
import { loadBalancerAlias } from './load-balancer-alias';

/** One region's share of the names behind CloudFront. */
export interface RegionOriginSettings {
  readonly hostedZoneId: IntrinsicFunction;
  /** `origin.<domain>`, which the healthy region answers. */
  readonly originName: IntrinsicFunction;
  /** `secondary.<domain>`, which is always the secondary region. */
  readonly secondaryName: IntrinsicFunction;
  /** The region's public load balancer. `fullName` is how its metrics know it. */
  readonly loadBalancer: { readonly dnsName: IntrinsicFunction; readonly zoneId: IntrinsicFunction; readonly fullName: IntrinsicFunction };
  /** Path that is healthy while the region can serve, asked of the load balancer itself. */
  readonly deepHealthPath: string;
  readonly alarmTopicArn: IntrinsicFunction;
}

/** Requests in each of three minutes for which the load balancer found no task that answers: more than a deployment or a lost zone leaves unanswered. */
const unansweredPerMinute = 100;

/**
 * One region's half of `origin.<domain>`, to which CloudFront sends what changes something, with the checks that decide about it;
 * and `secondary.<domain>`, the secondary region's own name, to which CloudFront turns with what it could not read at the origin.
 *
 * The region leaves DNS when its deep health path fails, or when its load balancer answers for want of tasks. What the tasks answer
 * themselves does not count: a bad release is in both regions, and a region whose database does not write yet answers writes with
 * 503 on purpose. A lost region sends no metrics, which the alarm's check takes for healthy; the other check finds it.
 * @returns the region's check: healthy while the region may serve
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-complex-configs.html
 */
export function regionOrigin(t: TemplateBuilder<Parameters, unknown>, settings: RegionOriginSettings): Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'> {
  const { hostedZoneId, originName, secondaryName, loadBalancer, deepHealthPath, alarmTopicArn } = settings;
  const unanswered = alarm(t, 'Unanswered', {
    name: 'unanswered',
    description: 'The load balancer has no task that answers: Route 53 takes the region out of origin.<domain> until it has',
    metric: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_ELB_5XX_Count', dimensions: { LoadBalancer: loadBalancer.fullName } },
    statistic: 'Sum',
    comparison: 'GreaterThanThreshold',
    threshold: unansweredPerMinute,
    topic: alarmTopicArn,
  });
  const endpoint = healthCheck(t, 'EndpointCheck', { name: t.resourceName('endpoint'), host: loadBalancer.dnsName, path: deepHealthPath });
  const answers = alarmHealthCheck(t, 'AnswersCheck', { name: t.resourceName('answers'), alarmName: unanswered.ref() });
  const region = calculatedHealthCheck(t, 'RegionCheck', { name: t.resourceName('region'), children: [endpoint, answers] });
  failoverRecord(t, 'OriginRecord', { hostedZoneId, name: originName, target: loadBalancer, healthCheck: region });
  loadBalancerAlias(t, 'SecondaryRecord', { hostedZoneId, name: secondaryName, loadBalancer, when: t.isSecondary });
  return region;
}
