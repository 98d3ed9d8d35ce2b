import type { Handle, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { AutoScalingGroup } from '../../../src/cfn/generated/autoscaling';
import { natAlarms } from './nat-alarms';
import { forwardedPorts, type NatOfVpc } from './nat';
import type { NatInstanceGroups } from './nat-instance-groups';
import { natInstanceProfile } from './nat-instance-role';
import { natInstanceUserData } from './nat-instance-user-data';
import { natLaunchTemplate } from './nat-launch-template';
import type { NetworkInterfaceHandle } from './nat-interface';

/** The NAT instances of a VPC. */
export interface NatInstancesSettings extends Omit<Extract<NatOfVpc, { readonly mode: 'instance' }>, 'mode'> {
  /** Public subnets, one a zone. */
  readonly subnets: readonly Handle<'AWS::EC2::Subnet', string>[];
  /** One a zone, to which its private route leads. */
  readonly networkInterfaces: readonly NetworkInterfaceHandle[];
  readonly groups: NatInstanceGroups;
  /** The ranges of the subnets behind them. */
  readonly clients: readonly Value<string>[];
  /** What must stand before an instance reaches the internet. */
  readonly wayOut: readonly Handle[];
}

/** Seconds of a day. */
const day = 86_400;
/** Days that the first zone's instance lives. Each further zone's lives a day longer, so that a new image shows itself in one zone first. */
const lifetime = 28;
/** Seconds that a successor has to live before the instance that it replaces goes: by then it is NAT, or has powered off and left the other in place. */
const proof = 660;
/** Within which an instance has to say that it works: longer than the ten minutes after which it gives up itself. */
const patience = 'PT12M';

/**
 * A NAT instance in each zone, in an Auto Scaling group of one. An impaired instance, one that could not make itself a NAT, and one
 * that is four weeks old is replaced by one of the newest image. The successor starts first and takes the network interface from the
 * running one, so that a planned replacement interrupts connections for seconds; after a crash it is the minute or two of a boot.
 *
 * CloudFormation waits until the instance says that it works, at most 12 minutes, when it creates a group and when its template
 * changes; the groups follow one another, so that a bad change stops with the first zone and the others keep the instance they have.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-maintenance-policy.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
export function natInstances(t: TemplateBuilder<Parameters, unknown>, settings: NatInstancesSettings): void {
  const { instanceType, topic, subnets, networkInterfaces, groups, clients, wayOut } = settings;
  let previous: Handle | undefined;
  for (const [index, networkInterface] of networkInterfaces.entries()) {
    const subnet = subnets[index];
    if (!subnet) continue;
    const zone = index + 1;
    const groupId = `NatGroup${zone}`;
    const name = t.resourceName(`nat-${zone}`);
    const template = natLaunchTemplate(t, zone, {
      instanceType,
      group: groups.own,
      profileArn: natInstanceProfile(t, zone, { networkInterface, groupName: name }),
      userData: natInstanceUserData({ networkInterfaceId: networkInterface.ref(), clients, ports: forwardedPorts, groupId }),
    });
    const group = new AutoScalingGroup({
      AutoScalingGroupName: name,
      VPCZoneIdentifier: [subnet.ref()],
      LaunchTemplate: { LaunchTemplateId: template.ref(), Version: template.att('LatestVersionNumber') },
      MinSize: '1',
      MaxSize: '1',
      DesiredCapacity: '1',
      HealthCheckType: 'EC2',
      HealthCheckGracePeriod: 120,
      DefaultInstanceWarmup: proof,
      MaxInstanceLifetime: (lifetime + index) * day,
      InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 },
      MetricsCollection: [{ Granularity: '1Minute', Metrics: ['GroupInServiceInstances'] }],
      Tags: [{ Key: 'Name', Value: name, PropagateAtLaunch: true }],
    })
      .creationPolicy({ ResourceSignal: { Count: 1, Timeout: patience } })
      .updatePolicy({ AutoScalingRollingUpdate: { MaxBatchSize: 1, MinInstancesInService: 0, PauseTime: patience, WaitOnResourceSignals: true } });
    previous = t.add(groupId, group, { after: [...wayOut, ...groups.rules, ...(previous ? [previous] : [])] });
    natAlarms(t, zone, { groupName: name, topic });
  }
}
