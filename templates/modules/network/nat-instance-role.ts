import { Fn, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { InstanceProfile } from '../../../src/cfn/generated/iam';
import { allow, arn } from '../security/policy';
import { serviceRole } from '../security/role';
import type { NetworkInterfaceHandle } from './nat-interface';

/** Whose role it is. */
export interface NatInstanceRoleSettings {
  readonly networkInterface: NetworkInterfaceHandle;
  /** Name of the Auto Scaling group, which EC2 writes on its instances in a tag that nobody else can write. */
  readonly groupName: Name;
}

/**
 * The instance profile of a zone's NAT: it may take the zone's network interface, from and for instances of its own group only, and
 * be opened by Session Manager, which needs no key and no port. Reporting health to CloudFormation needs no right.
 * @param zone 1 and up
 * @returns the profile's ARN
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-add-permissions-to-existing-profile.html
 */
export function natInstanceProfile(t: TemplateBuilder<Parameters, unknown>, zone: number, { networkInterface, groupName }: NatInstanceRoleSettings): Value<string> {
  const taking = ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface'];
  const instances = [arn('ec2', 'instance/*')];
  const role = serviceRole(t, `NatRole${zone}`, {
    name: t.resourceName(`nat-${zone}`, 'account'),
    description: 'Lets a NAT instance take its zone\'s network interface and be opened by Session Manager',
    service: 'ec2.amazonaws.com',
    // EC2 names no source when it hands a role to an instance.
    trustCondition: 'none',
    statements: [
      allow(taking, [Fn.Sub('arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:network-interface/${Id}', { Id: networkInterface.ref() })]),
      allow(taking, instances, { StringEquals: { 'aws:ResourceTag/aws:autoscaling:groupName': groupName } }),
      allow(['ssm:UpdateInstanceInformation'], instances),
      // None of these knows resource-level permissions.
      allow(['ec2:DescribeNetworkInterfaces', 'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'], ['*']),
    ],
  });
  return t.add(`NatProfile${zone}`, new InstanceProfile({ InstanceProfileName: t.resourceName(`nat-${zone}`, 'account'), Roles: [role.ref()] })).att('Arn');
}
