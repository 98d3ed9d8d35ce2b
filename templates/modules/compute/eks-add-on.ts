import type { Handle, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Addon } from '../../../src/cfn/generated/eks';
import type { EksClusterHandle } from './eks-cluster';

/** An add-on of AWS's catalogue. */
export interface EksAddOnSettings {
  readonly cluster: EksClusterHandle;
  /** As AWS calls it, for example `vpc-cni`. */
  readonly name: string;
  /** A version that exists for the cluster's Kubernetes version, for example `v1.23.0-eksbuild.1`. */
  readonly version: string;
  /** Values that differ from the add-on's own, after its JSON schema. @default none */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Roles of its service accounts, which pods on nodes take by EKS Pod Identity. @default none: it calls nothing of AWS's */
  readonly identities?: Readonly<Record<string, Value<string>>>;
  /** @default as soon as the cluster stands */
  readonly after?: readonly Handle[];
}

/**
 * An add-on of a pinned version. What somebody has set on its objects in the cluster by hand survives an update, and a conflict fails the
 * creation, where nothing has been there before.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html
 */
export function eksAddOn(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EksAddOnSettings): Handle<'AWS::EKS::Addon', 'Arn'> {
  const { cluster, name, version, configuration, identities = {}, after } = settings;
  const associations = Object.entries(identities).map(([ServiceAccount, RoleArn]) => ({ ServiceAccount, RoleArn }));
  return t.add(
    id,
    new Addon({
      ClusterName: cluster.ref(),
      AddonName: name,
      AddonVersion: version,
      ResolveConflicts: 'PRESERVE',
      ...(configuration ? { ConfigurationValues: JSON.stringify(configuration) } : {}),
      ...(associations.length ? { PodIdentityAssociations: associations } : {}),
    }),
    { after },
  );
}
