import { Fn, type IntrinsicFunction } from '../../../src/cfn';

/**
 * The ARN of a policy that AWS maintains.
 * @param name with its path, for example `AmazonEKSClusterPolicy` or `service-role/AmazonRDSEnhancedMonitoringRole`
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsManagedPolicy = (name: string): IntrinsicFunction => Fn.Sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`);
