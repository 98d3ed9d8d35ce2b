import type { Handle, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { PodIdentityAssociation } from '../../../src/cfn/generated/eks';
import { Role } from '../../../src/cfn/generated/iam';
import { policyDocument, type Statement } from '../security/policy';
import type { EksClusterHandle } from './eks-cluster';
import type { RoleHandle } from './task-roles';

/** Whose role it is, and what it may do. */
export interface PodRoleSettings {
  /** Account-wide name: `t.resourceName('…', 'account')`. */
  readonly name: Name;
  readonly description: string;
  readonly cluster: EksClusterHandle;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** @default none */
  readonly statements?: readonly Statement[];
  /** AWS managed policies by ARN, where AWS maintains the list of actions for its own agent. @default none */
  readonly managedPolicyArns?: readonly Value<string>[];
}

/**
 * The role of a service account whose pods run on nodes, by EKS Pod Identity. Any pod identity of the account could take a role that
 * trusts the service alone, so that the trust names the cluster, the namespace and the service account, which EKS sends as session tags.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function podRole(t: TemplateBuilder<Parameters, unknown>, id: string, settings: PodRoleSettings): RoleHandle {
  const { name, description, cluster, namespace, serviceAccount, statements = [], managedPolicyArns } = settings;
  return t.add(
    id,
    new Role({
      RoleName: name,
      Description: description,
      AssumeRolePolicyDocument: policyDocument({
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: {
          StringEquals: {
            'aws:RequestTag/eks-cluster-arn': cluster.att('Arn'),
            'aws:RequestTag/kubernetes-namespace': namespace,
            'aws:RequestTag/kubernetes-service-account': serviceAccount,
          },
        },
      }),
      ...(statements.length ? { Policies: [{ PolicyName: 'own', PolicyDocument: policyDocument(...statements) }] } : {}),
      ...(managedPolicyArns ? { ManagedPolicyArns: managedPolicyArns } : {}),
    }),
  );
}

/**
 * Gives a service account its role, for software that comes by no add-on: an add-on associates its own.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export function podIdentity(t: TemplateBuilder<Parameters, unknown>, id: string, settings: PodRoleSettings): Handle<'AWS::EKS::PodIdentityAssociation', 'AssociationArn'> {
  const { cluster, namespace, serviceAccount } = settings;
  const role = podRole(t, `${id}Role`, settings);
  return t.add(id, new PodIdentityAssociation({ ClusterName: cluster.ref(), Namespace: namespace, ServiceAccount: serviceAccount, RoleArn: role.att('Arn') }));
}
