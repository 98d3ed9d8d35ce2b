import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { TargetGroup } from '../../../src/cfn/generated/elasticloadbalancingv2';

/** The tasks that a load balancer sends requests to. */
export interface TargetGroupSettings {
  readonly vpcId: IntrinsicFunction;
  /** TCP port of the containers, plain HTTP: TLS ends at the load balancer. */
  readonly port: number;
  /** Path that answers 200 when the process serves. */
  readonly healthPath: string;
  /** Seconds between two checks. @default 30 */
  readonly intervalSeconds?: number;
  /** Failed checks after which a target gets no more requests. @default 3, so that one lost packet removes nothing */
  readonly unhealthyThreshold?: number;
  /** Good checks after which a target gets requests again. @default 2 */
  readonly healthyThreshold?: number;
  /** Seconds in which a target that leaves may finish its requests. @default 300 */
  readonly drainingSeconds?: number;
  /**
   * Targets that must be healthy for the load balancer to count as healthy in DNS, 1 or more. With fewer, an alias record that
   * evaluates target health answers with another region. With none, requests go to all targets, healthy or not, because a
   * failing check is then likelier than a failure of every target. @default unstated: the service's own 1
   */
  readonly healthyTargetsForDns?: number;
}

export type TargetGroupHandle = Handle<'AWS::ElasticLoadBalancingV2::TargetGroup', 'TargetGroupArn' | 'LoadBalancerArns' | 'TargetGroupFullName' | 'TargetGroupName'>;

/**
 * A target group of task addresses. It has no name of its own: a new port replaces the group, and the new one could not be
 * created under the old one's name.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function targetGroup(t: TemplateBuilder<Parameters, unknown>, id: string, settings: TargetGroupSettings): TargetGroupHandle {
  const { vpcId, port, healthPath, intervalSeconds = 30, unhealthyThreshold = 3, healthyThreshold = 2, drainingSeconds = 300, healthyTargetsForDns } = settings;
  return t.add(
    id,
    new TargetGroup({
      VpcId: vpcId,
      TargetType: 'ip',
      Protocol: 'HTTP',
      Port: port,
      HealthCheckEnabled: true,
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: healthPath,
      HealthCheckIntervalSeconds: intervalSeconds,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: healthyThreshold,
      UnhealthyThresholdCount: unhealthyThreshold,
      Matcher: { HttpCode: '200' },
      TargetGroupAttributes: [
        { Key: 'deregistration_delay.timeout_seconds', Value: String(drainingSeconds) },
        { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
        ...(healthyTargetsForDns === undefined ? [] : healthOf(healthyTargetsForDns)),
      ],
    }),
  );
}

/** The attributes by which a group with too few healthy targets fails over. Counts, not percentages: a minimum of tasks always runs. */
function healthOf(forDns: number): TargetGroup.TargetGroupAttribute[] {
  return Object.entries({ dns_failover: String(forDns), unhealthy_state_routing: '1' }).flatMap(([action, count]) => [
    { Key: `target_group_health.${action}.minimum_healthy_targets.count`, Value: count },
    { Key: `target_group_health.${action}.minimum_healthy_targets.percentage`, Value: 'off' },
  ]);
}
