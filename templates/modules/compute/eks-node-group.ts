import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Nodegroup } from '../../../src/cfn/generated/eks';
import { awsManagedPolicy } from '../security/aws-managed-policy';
import { serviceRole } from '../security/role';
import type { EksClusterHandle } from './eks-cluster';
import { eksNodeTemplate } from './eks-node-template';

/** A label that all nodes of a group have, and a taint that keeps pods away that do not tolerate it. */
export interface NodePurpose {
  readonly key: string;
  readonly value: string;
}

/** Nodes that EKS manages. */
export interface EksNodeGroupSettings {
  readonly cluster: EksClusterHandle;
  /** The group's part of names, for example `system`. */
  readonly name: string;
  /** The cluster's Kubernetes version: nodes follow it when it changes. */
  readonly version: string;
  /** Private subnets, of two zones or more. */
  readonly subnetIds: Value<readonly Value<string>[]>;
  /** An Arm type of 2 GiB or more, for example `t4g.large`. */
  readonly instanceType: string;
  /** Nodes, at least 2: one in each of two zones. */
  readonly minimum: number;
  readonly maximum: number;
  readonly volumeGiB: number;
  /** Key of the nodes' volumes, by ARN. */
  readonly keyArn: IntrinsicFunction;
  /** What the nodes are for: label and taint. */
  readonly purpose: NodePurpose;
  /** What must stand before nodes join, such as the network plugin. */
  readonly after?: readonly Handle[];
}

export type EksNodeGroupHandle = Handle<'AWS::EKS::Nodegroup', 'NodegroupName' | 'ClusterName' | 'Id' | 'Arn'>;

/**
 * A managed node group on Amazon Linux 2023 for Arm, one node of which is replaced at a time, also by itself when it is unhealthy. Its role
 * has what AWS's policies give a node and nothing else: the network plugin has a role of its own. Session Manager reaches the nodes, because a
 * tunnel through one of them is the way to a private endpoint.
 *
 * It has no name of ours, so that a change of type or subnets can put a new group beside the old one.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */
export function eksNodeGroup(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EksNodeGroupSettings): EksNodeGroupHandle {
  const { cluster, name, version, subnetIds, instanceType, minimum, maximum, volumeGiB, keyArn, purpose, after } = settings;
  const role = serviceRole(t, `${id}Role`, {
    name: t.resourceName(`${name}-node`, 'account'),
    description: `Lets the ${name} nodes join their cluster, pull images and be reached by Session Manager`,
    service: 'ec2.amazonaws.com',
    // EC2 names no source when it hands a role to an instance.
    trustCondition: 'none',
    managedPolicyArns: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'].map(awsManagedPolicy),
  });
  const template = eksNodeTemplate(t, `${id}Template`, { name: t.resourceName(`${name}-node`), volumeGiB, keyArn });
  return t.add(
    id,
    new Nodegroup({
      ClusterName: cluster.ref(),
      NodeRole: role.att('Arn'),
      Subnets: subnetIds,
      Version: version,
      AmiType: 'AL2023_ARM_64_STANDARD',
      CapacityType: 'ON_DEMAND',
      InstanceTypes: [instanceType],
      ScalingConfig: { MinSize: minimum, DesiredSize: minimum, MaxSize: maximum },
      UpdateConfig: { MaxUnavailable: 1 },
      NodeRepairConfig: { Enabled: true },
      LaunchTemplate: { Id: template.ref(), Version: template.att('LatestVersionNumber') },
      Labels: { [purpose.key]: purpose.value },
      Taints: [{ Key: purpose.key, Value: purpose.value, Effect: 'NO_SCHEDULE' }],
    }),
    { after },
  );
}
