import type { Handle, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { mathAlarm } from './alarm';
import { loadBalancerErrors } from './service-alarms';

/** Minutes after which users must have left a region that cannot serve them: DNS failover takes two or three. */
const leftAfter = 10;

/** A region that users leave by DNS when it cannot serve them. */
export interface StrandedUsersSettings {
  readonly loadBalancer: Token<'String'>;
  /** Target group of the service without which users get nothing. */
  readonly targetGroup: Token<'String'>;
  /** The service as the description calls it, for example `web`. */
  readonly service: string;
  /** What stands behind the load balancer, in one word. @default `task`, of ECS */
  readonly target?: string;
  /** What to do: it ends the description. */
  readonly advice: string;
  readonly topic: Token<'String'>;
}

/** An alarm on users who are still sent to a region without a healthy task: the failover does not work. */
export function strandedUsers(t: TemplateBuilder<Parameters, unknown>, id: string, { loadBalancer, targetGroup, service, target = 'task', advice, topic }: StrandedUsersSettings): Handle<'AWS::CloudWatch::Alarm', 'Arn'> {
  const ofTargets = (name: string) => ({ namespace: 'AWS/ApplicationELB', name, dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup } });
  return mathAlarm(t, id, {
    name: 'users-stranded',
    description: `Users have been sent for ${leftAfter} minutes to this region, where no ${service} ${target} is healthy: the failover does not work. ${advice}`,
    metrics: { healthy: { metric: ofTargets('HealthyHostCount'), statistic: 'Maximum' }, requests: { metric: ofTargets('RequestCount'), statistic: 'Sum' } },
    expression: 'IF(healthy < 1 AND requests > 10, 1, 0)',
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    periods: leftAfter,
    topic,
  });
}

/** A region whose load balancer stands for several services. */
export interface RegionErrorsSettings {
  readonly loadBalancer: Token<'String'>;
  /** The page that says what to do after users have left the region: `docs/runbooks/…`. */
  readonly failoverRunbook: string;
  /** What stands behind the load balancer, in one word. @default `task`, of ECS */
  readonly target?: string;
  readonly topic: Token<'String'>;
}

/** An alarm on the errors that the region's load balancer gives itself. */
export function regionErrors(t: TemplateBuilder<Parameters, unknown>, id: string, { loadBalancer, failoverRunbook, target = 'task', topic }: RegionErrorsSettings): void {
  loadBalancerErrors(t, id, {
    name: 'alb-errors',
    description: `The load balancer answers with errors of its own: no healthy ${target}, or ${target}s that do not answer in time. Look at the alarms on ${target}s; when the region as a whole fails, DNS has left it already, and ${failoverRunbook} says what remains to be done`,
    loadBalancer,
    topic,
  });
}
