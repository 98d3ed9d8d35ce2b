import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { OIDCProvider } from '../../../src/cfn/generated/iam';
import type { EksClusterHandle } from './eks-cluster';

export type IdentityProviderHandle = Handle<'AWS::IAM::OIDCProvider', 'Arn'>;

/** The audience for which EKS issues the tokens that pods trade for the credentials of a role. */
export const podTokenAudience = 'sts.amazonaws.com';

/**
 * Makes IAM trust the tokens that a cluster issues to its service accounts. It names no thumbprint: IAM knows the authorities that sign for
 * EKS, and a thumbprint would end the trust with the certificate.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export function eksIdentityProvider(t: TemplateBuilder<Parameters, unknown>, id: string, { cluster }: { readonly cluster: EksClusterHandle }): IdentityProviderHandle {
  return t.add(id, new OIDCProvider({ Url: cluster.att('OpenIdConnectIssuerUrl'), ClientIdList: [podTokenAudience] }));
}
