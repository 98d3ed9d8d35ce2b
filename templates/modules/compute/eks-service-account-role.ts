import { Fn, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Role } from '../../../src/cfn/generated/iam';
import { policyDocument, type Statement } from '../security/policy';
import { podTokenAudience, type IdentityProviderHandle } from './eks-identity-provider';
import type { RoleHandle } from './task-roles';

/** Whose role it is, and what it may do. */
export interface ServiceAccountRoleSettings {
  /** Account-wide name: `t.resourceName('…', 'account')`. */
  readonly name: Name;
  readonly description: string;
  readonly identityProvider: IdentityProviderHandle;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** What the code in the pods may do; each statement names its resources. */
  readonly statements: readonly Statement[];
}

/**
 * The role of one Kubernetes service account, which pods take by the token that the cluster issues to them: on Fargate there is no other
 * way. The trust is JSON text, because the keys of its conditions begin with the cluster's issuer, and no function can make a key.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function serviceAccountRole(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ServiceAccountRoleSettings): RoleHandle {
  const { name, description, identityProvider, namespace, serviceAccount, statements } = settings;
  const provider = identityProvider.att('Arn');
  const trust = policyDocument({
    Effect: 'Allow',
    Principal: { Federated: '${Provider}' },
    Action: ['sts:AssumeRoleWithWebIdentity'],
    Condition: { StringEquals: { '${Issuer}:sub': `system:serviceaccount:${namespace}:${serviceAccount}`, '${Issuer}:aud': podTokenAudience } },
  });
  return t.add(
    id,
    new Role({
      RoleName: name,
      Description: description,
      AssumeRolePolicyDocument: Fn.Sub(JSON.stringify(trust), { Provider: provider, Issuer: Fn.Select(1, Fn.Split('oidc-provider/', provider)) }),
      Policies: [{ PolicyName: 'own', PolicyDocument: policyDocument(...statements) }],
    }),
  );
}
