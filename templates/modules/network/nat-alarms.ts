import type { IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { alarm } from '../monitoring/alarm';

/** Whose alarms they are. */
export interface NatAlarmsSettings {
  /** Name of the zone's Auto Scaling group. */
  readonly groupName: Name;
  readonly topic: IntrinsicFunction;
}

/**
 * The alarms of a zone's NAT instance: that EC2 finds it impaired, and that there is none. The group replaces it in both cases; the
 * second goes off when that has not helped for five minutes, which is longer than a replacement takes.
 * @param zone 1 and up
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html#status-check-metrics
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html
 */
export function natAlarms(t: TemplateBuilder<Parameters, unknown>, zone: number, { groupName, topic }: NatAlarmsSettings): void {
  const dimensions = { AutoScalingGroupName: groupName };
  alarm(t, `NatImpairedAlarm${zone}`, {
    name: `nat-${zone}-impaired`,
    description: `The NAT instance of zone ${zone} fails its status checks: what runs there reaches the internet no more. Its group replaces it; see that it does.`,
    metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions },
    statistic: 'Maximum',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    periods: 2,
    topic,
  });
  alarm(t, `NatMissingAlarm${zone}`, {
    name: `nat-${zone}-missing`,
    description: `Zone ${zone} has no NAT instance: what runs there reaches the internet no more. Read the group's activity history and the console output of its last instance.`,
    metric: { namespace: 'AWS/AutoScaling', name: 'GroupInServiceInstances', dimensions },
    statistic: 'Minimum',
    comparison: 'LessThanThreshold',
    threshold: 1,
    periods: 5,
    missing: 'breaching',
    topic,
  });
}
