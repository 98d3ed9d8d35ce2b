import type { IntrinsicFunction } from '../../../src/cfn';
import { allow, type Statement } from '../../modules/security/policy';

/**
 * What the AWS Load Balancer Controller does here: it brings the addresses of pods into a target group that a template made, and looks
 * whether they are healthy. It makes no load balancer, listener or security group, and so needs little of the policy that its project
 * publishes. What it reads knows no resource-level permission.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
 */
export function targetRights(targetGroupArn: IntrinsicFunction): readonly Statement[] {
  const reads = [
    'ec2:DescribeAvailabilityZones',
    'ec2:DescribeInstances',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
    'elasticloadbalancing:DescribeTargetGroupAttributes',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
  ];
  return [allow(['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'], [targetGroupArn]), allow(reads, ['*'])];
}
