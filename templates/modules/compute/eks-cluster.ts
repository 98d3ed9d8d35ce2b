import { Aws, Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Cluster } from '../../../src/cfn/generated/eks';
import { logGroup } from '../monitoring/log-group';
import { awsManagedPolicy } from '../security/aws-managed-policy';
import { serviceRole } from '../security/role';

/** What else refers to: its name by `Ref`, and the attributes that it has once it stands. */
export type EksClusterHandle = Handle<'AWS::EKS::Cluster', 'Arn' | 'Endpoint' | 'CertificateAuthorityData' | 'ClusterSecurityGroupId' | 'OpenIdConnectIssuerUrl'>;

/** A Kubernetes cluster. */
export interface EksClusterSettings {
  readonly name: Name;
  /** Minor version of Kubernetes in standard support, for example `1.35`. */
  readonly version: string;
  /** Private subnets in two zones or more, where the control plane has its network interfaces. */
  readonly subnetIds: Value<readonly Value<string>[]>;
  /** Key of Kubernetes secrets and of the log, by ARN. */
  readonly keyArn: IntrinsicFunction;
  /** Ranges from which the Kubernetes API can be reached over the internet. @default none: it answers inside the VPC only */
  readonly publicAccessCidrs?: readonly string[];
  /** Days that the control plane's log stays. */
  readonly logRetentionInDays: number;
  /** Refuses deletion until somebody takes the protection off. The cluster is not kept by itself: without nodes and VPC it is of no use. */
  readonly protected: boolean;
}

const logTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

/**
 * An EKS cluster whose API answers in the VPC, whose secrets are encrypted by our key, and which admits whom access entries name: nobody by
 * having created it. All five parts of its control plane log into a group that exists before it, so that EKS makes none without key and end.
 * Network plugins and DNS come as add-ons of pinned versions only. When standard support of its version ends, EKS upgrades it instead of
 * charging for more. A zonal shift moves its traffic out of a zone.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/zone-shift.html
 */
export function eksCluster(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EksClusterSettings): EksClusterHandle {
  const { name, version, subnetIds, keyArn, publicAccessCidrs = [], logRetentionInDays } = settings;
  const log = logGroup(t, `${id}Log`, { name: name.after('/aws/eks/').with('/cluster'), retentionInDays: logRetentionInDays, keyArn });
  const role = serviceRole(t, `${id}Role`, {
    name: t.resourceName('cluster', 'account'),
    description: 'Lets EKS manage what its cluster needs in EC2',
    service: 'eks.amazonaws.com',
    // EKS documents no source account for it.
    trustCondition: 'none',
    managedPolicyArns: [awsManagedPolicy('AmazonEKSClusterPolicy')],
  });
  return t.add(
    id,
    new Cluster({
      Name: name,
      Version: version,
      RoleArn: role.att('Arn'),
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
      BootstrapSelfManagedAddons: false,
      DeletionProtection: settings.protected,
      EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: keyArn } }],
      Logging: { ClusterLogging: { EnabledTypes: logTypes.map((Type) => ({ Type })) } },
      ResourcesVpcConfig: {
        SubnetIds: subnetIds,
        EndpointPrivateAccess: true,
        EndpointPublicAccess: publicAccessCidrs.length > 0,
        ...(publicAccessCidrs.length > 0 ? { PublicAccessCidrs: publicAccessCidrs } : {}),
      },
      UpgradePolicy: { SupportType: 'STANDARD' },
      ZonalShiftConfig: { Enabled: true },
    }).keep('Delete'),
    { after: [log] },
  );
}

/** The command that writes a cluster's entry into somebody's kubeconfig: tokens come from IAM each time, and none is written down. */
export const kubeconfigCommand = (cluster: EksClusterHandle): IntrinsicFunction =>
  Fn.Sub('aws eks update-kubeconfig --region ${Region} --name ${Name}', { Region: Aws.region, Name: cluster.ref() });
