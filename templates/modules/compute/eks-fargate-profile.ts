import { Fn, type Handle, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { FargateProfile } from '../../../src/cfn/generated/eks';
import { awsManagedPolicy } from '../security/aws-managed-policy';
import { allow, arn } from '../security/policy';
import { serviceRole } from '../security/role';
import type { EksClusterHandle } from './eks-cluster';

/** Which pods run on Fargate. */
export interface EksFargateProfileSettings {
  readonly cluster: EksClusterHandle;
  readonly clusterName: Name;
  /** Namespace of the pods; the profile is named after it. */
  readonly namespace: string;
  /** Private subnets, of two zones or more: Fargate starts pods in no public one. */
  readonly subnetIds: Value<readonly Value<string>[]>;
  /** Log group of the pods, which exists before them. */
  readonly logGroup: Handle<'AWS::Logs::LogGroup', 'Arn'>;
  /** The profile that was made before: a cluster makes one at a time. @default it is the only one */
  readonly after?: readonly Handle[];
}

/**
 * A Fargate profile that takes every pod of one namespace and no other. Its pod execution role pulls images and writes the pods' log by
 * the log router that Fargate has built in, which a config map `aws-logging` in the namespace `aws-observability` points at the group.
 * What the pods' own code may do is their service accounts' matter.
 *
 * All properties but tags are the profile's for life: who changes one names another namespace too, or deletes the profile first.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
 */
export function eksFargateProfile(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EksFargateProfileSettings): Handle<'AWS::EKS::FargateProfile', 'Arn'> {
  const { cluster, clusterName, namespace, subnetIds, logGroup, after } = settings;
  const role = serviceRole(t, `${id}Role`, {
    name: t.resourceName('pod-execution', 'account'),
    description: `Starts the pods of ${namespace} on Fargate: image and log`,
    service: 'eks-fargate-pods.amazonaws.com',
    trustCondition: { ArnLike: { 'aws:SourceArn': arn('eks', `fargateprofile/${clusterName.text}/*`) } },
    managedPolicyArns: [awsManagedPolicy('AmazonEKSFargatePodExecutionRolePolicy')],
    statements: [
      // The Arn attribute of a log group ends in `:*`, which stands for its streams.
      allow(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [logGroup.att('Arn')]),
      // The log router asks whether its group exists before it writes.
      allow(['logs:DescribeLogGroups'], [Fn.Sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*')]),
    ],
  });
  return t.add(
    id,
    new FargateProfile({
      ClusterName: cluster.ref(),
      FargateProfileName: namespace,
      PodExecutionRoleArn: role.att('Arn'),
      Selectors: [{ Namespace: namespace }],
      Subnets: subnetIds,
    }),
    { after },
  );
}
