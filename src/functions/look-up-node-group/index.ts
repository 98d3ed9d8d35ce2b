import { DescribeNodegroupCommand, EKSClient } from '@aws-sdk/client-eks';
import { customResource, type CustomResource } from '../custom-resource/custom-resource';
import type { CreateRequest, UpdateRequest } from '../custom-resource/request';

/**
 * Answers the Auto Scaling group that EKS has made for a managed node group as attribute `AutoScalingGroupName` (`Custom::NodeGroup`,
 * properties `ClusterName` and `NodegroupName`): CloudFormation gives no attribute of it, and its name ends in what EKS made up. Delete
 * does nothing, because the group is EKS's.
 *
 * The role needs `eks:DescribeNodegroup`.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupResources.html
 */
export const handler = customResource({ create: lookUp, update: lookUp, delete: () => undefined });

async function lookUp({ LogicalResourceId, ResourceProperties }: CreateRequest | UpdateRequest, signal: AbortSignal): Promise<CustomResource> {
  const named = (property: string): string => {
    const name = ResourceProperties[property];
    if (typeof name !== 'string' || name === '') throw new Error(`${LogicalResourceId}: property ${property} is missing. Give the names of a cluster and of a node group of it.`);
    return name;
  };
  const [clusterName, nodegroupName] = [named('ClusterName'), named('NodegroupName')];
  const { nodegroup } = await new EKSClient({}).send(new DescribeNodegroupCommand({ clusterName, nodegroupName }), { abortSignal: signal });
  const name = nodegroup?.resources?.autoScalingGroups?.[0]?.name;
  if (!name) throw new Error(`Node group ${nodegroupName} of cluster ${clusterName}: it has no Auto Scaling group. Look for what its health says in EKS.`);
  return { physicalResourceId: `node-group/${clusterName}/${nodegroupName}`, data: { AutoScalingGroupName: name } };
}
