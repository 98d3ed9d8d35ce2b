import type { IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { allow, arn } from '../security/policy';
import { customResource } from './custom-resource';
import type { EksNodeGroupHandle } from './eks-node-group';
import { lambdaFunction, type FunctionSettings } from './function';

/** Whose Auto Scaling group is looked up. */
export interface EksNodeAutoScalingSettings extends Pick<FunctionSettings, 'keyArn' | 'logRetentionInDays'> {
  readonly clusterName: Name;
  readonly nodeGroup: EksNodeGroupHandle;
}

/**
 * The name of the Auto Scaling group behind a managed node group, by which its metrics are found. CloudFormation gives no attribute of it,
 * so that a function asks EKS when the group is made and when it is replaced.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html
 */
export function eksNodeAutoScaling(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EksNodeAutoScalingSettings): IntrinsicFunction {
  const { clusterName, nodeGroup, keyArn, logRetentionInDays } = settings;
  const lookUp = lambdaFunction(t, `${id}LookUp`, {
    source: 'look-up-node-group',
    description: 'Answers the Auto Scaling group of a managed node group',
    keyArn,
    logRetentionInDays,
    statements: [allow(['eks:DescribeNodegroup'], [arn('eks', `nodegroup/${clusterName.text}/*`)])],
  });
  return customResource(t, id, {
    type: 'Custom::NodeGroup',
    functionArn: lookUp.att('Arn'),
    properties: { ClusterName: nodeGroup.att('ClusterName'), NodegroupName: nodeGroup.att('NodegroupName') },
  }).att('AutoScalingGroupName');
}
