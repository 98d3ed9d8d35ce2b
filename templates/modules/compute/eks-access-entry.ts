import { Fn, type Condition, type Handle, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { AccessEntry } from '../../../src/cfn/generated/eks';
import type { EksClusterHandle } from './eks-cluster';

/** One of EKS's access policies, and where it holds. */
export interface AccessGrant {
  /** As AWS calls it, for example `AmazonEKSViewPolicy`. */
  readonly policy: string;
  /** Namespaces in which it holds; `cluster` for all of them and what belongs to none. */
  readonly in: readonly string[] | 'cluster';
}

/** What a role may do in a cluster. */
export interface EksAccessEntrySettings {
  readonly cluster: EksClusterHandle;
  /** An IAM role that exists: EKS refuses another, and remembers the role's id, so that one made again under the same name has no access. */
  readonly principalArn: Value<string>;
  readonly grants: readonly AccessGrant[];
  /** Groups that role bindings in the cluster name, for what no policy of EKS's grants, such as custom resources. @default none */
  readonly groups?: readonly string[];
  readonly when?: Condition;
}

/**
 * An access entry: rights of an IAM role in Kubernetes, by policies that EKS maintains.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export function eksAccessEntry(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EksAccessEntrySettings): Handle<'AWS::EKS::AccessEntry', 'AccessEntryArn'> {
  const { cluster, principalArn, grants, groups = [], when } = settings;
  return t.add(
    id,
    new AccessEntry({
      ClusterName: cluster.ref(),
      PrincipalArn: principalArn,
      Type: 'STANDARD',
      ...(groups.length ? { KubernetesGroups: groups } : {}),
      AccessPolicies: grants.map((grant) => ({
        PolicyArn: Fn.Sub(`arn:\${AWS::Partition}:eks::aws:cluster-access-policy/${grant.policy}`),
        AccessScope: grant.in === 'cluster' ? { Type: 'cluster' as const } : { Type: 'namespace' as const, Namespaces: grant.in },
      })),
    }),
    { when },
  );
}
