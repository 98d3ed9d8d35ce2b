import { isObject, type Json } from '../json';
import { drop, edit, onlyFirst, removed, set, turn, without } from '../mistakes';
import type { Operator } from '../operator';

const cluster = ['AWS::EKS::Cluster'];
const nodes = ['AWS::EKS::Nodegroup'];
const boundary = ['PCI DSS 4.0.1 1.4.1', 'NIST 800-53 r5 SC-7'];
const available = ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'];
const record = ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'];

/** Mistakes in Kubernetes clusters. */
export const eksOperators: readonly Operator[] = [
  { id: 'eks-endpoint-public', title: 'The API of the cluster is open to the internet', severity: 'CRITICAL', controls: boundary, types: cluster, mistake: edit('ResourcesVpcConfig', (vpc) => (isObject(vpc) ? { ...withoutRanges(vpc), EndpointPublicAccess: true } : undefined)) },
  { id: 'eks-endpoint-world', title: 'The API of the cluster lists the whole internet as its clients', severity: 'CRITICAL', controls: boundary, types: cluster, mistake: edit('ResourcesVpcConfig', (vpc) => (isObject(vpc) ? { ...vpc, EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.0/24', '0.0.0.0/0'] } : undefined)) },
  { id: 'eks-endpoint-unset', title: 'The cluster says nothing of its endpoint, which is public then', severity: 'CRITICAL', controls: boundary, types: cluster, mistake: drop('ResourcesVpcConfig.EndpointPublicAccess') },
  { id: 'eks-endpoint-not-private', title: 'Nodes reach the API over the internet', severity: 'MEDIUM', controls: boundary, types: cluster, mistake: set('ResourcesVpcConfig.EndpointPrivateAccess', false) },
  { id: 'eks-secrets-unencrypted', title: 'Kubernetes secrets are not encrypted with our key', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.6.1', 'NIST 800-53 r5 SC-28'], types: cluster, mistake: drop('EncryptionConfig') },
  { id: 'eks-logs-removed', title: 'Nobody records who did what in the cluster', severity: 'HIGH', controls: record, types: cluster, mistake: drop('Logging') },
  { id: 'eks-audit-log-removed', title: 'The audit log of the cluster is off', severity: 'HIGH', controls: record, types: cluster, mistake: without('Logging.ClusterLogging.EnabledTypes', (type: Json) => isObject(type) && type.Type === 'audit') },
  { id: 'eks-one-zone', title: 'The cluster stands in one subnet', severity: 'HIGH', controls: available, types: cluster, mistake: onlyFirst('ResourcesVpcConfig.SubnetIds', 1) },
  { id: 'eks-config-map-access', title: 'Access is decided by a config map that nobody reviews', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-2'], types: cluster, mistake: turn('AccessConfig.AuthenticationMode', 'CONFIG_MAP') },
  { id: 'eks-creator-is-administrator', title: 'Whoever creates the cluster stays its administrator', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 7.2.2', 'NIST 800-53 r5 AC-6'], types: cluster, mistake: set('AccessConfig.BootstrapClusterCreatorAdminPermissions', true) },
  { id: 'eks-old-version', title: 'Kubernetes runs in a version out of support', severity: 'HIGH', controls: ['PCI DSS 4.0.1 6.3.3', 'NIST 800-53 r5 SI-2'], types: cluster, mistake: set('Version', '1.23') },
  { id: 'eks-extended-support', title: 'A cluster stays on a version past its support', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.3.3', 'NIST 800-53 r5 SI-2'], types: cluster, mistake: turn('UpgradePolicy.SupportType', 'EXTENDED') },
  { id: 'eks-deletion-protection-off', title: 'The production cluster can be deleted by mistake', severity: 'MEDIUM', controls: available, types: cluster, mistake: turn('DeletionProtection', false) },
  { id: 'eks-shell-on-nodes', title: 'Nodes take SSH from everywhere', severity: 'HIGH', controls: boundary, types: nodes, mistake: set('RemoteAccess', { Ec2SshKey: 'operations' }) },
  { id: 'eks-one-node', title: 'The node group has one node', severity: 'HIGH', controls: available, types: nodes, mistake: edit('ScalingConfig', (size) => (isObject(size) ? { ...size, MinSize: 1, DesiredSize: 1 } : undefined)) },
  { id: 'eks-nodes-one-subnet', title: 'Nodes stand in one zone', severity: 'HIGH', controls: available, types: nodes, mistake: onlyFirst('Subnets', 1) },
  { id: 'eks-nodes-spot', title: 'System nodes run on capacity that AWS may take away', severity: 'MEDIUM', controls: available, types: nodes, mistake: set('CapacityType', 'SPOT') },
  { id: 'eks-nodes-without-template', title: 'Nodes start without the launch template that hardens them', severity: 'HIGH', controls: ['PCI DSS 4.0.1 2.2.1', 'CIS AWS 5.0.0 5.7'], types: nodes, mistake: drop('LaunchTemplate') },
  { id: 'eks-nodes-old-image', title: 'Nodes run an image out of support', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.3.3', 'NIST 800-53 r5 SI-2'], types: nodes, mistake: set('AmiType', 'AL2_x86_64') },
  { id: 'eks-nodes-updated-by-force', title: 'Updates end pods that must not end', severity: 'LOW', controls: available, types: nodes, mistake: set('ForceUpdateEnabled', true) },
  { id: 'eks-pods-one-subnet', title: 'Fargate pods start in one zone', severity: 'HIGH', controls: available, types: ['AWS::EKS::FargateProfile'], mistake: onlyFirst('Subnets', 1) },
  { id: 'eks-pods-any-namespace', title: 'Pods of any namespace start with the profile', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-6'], types: ['AWS::EKS::FargateProfile'], mistake: turn('Selectors[].Namespace', '*') },
  { id: 'eks-addon-overwrites', title: 'An add-on overwrites what operators have set', severity: 'LOW', controls: ['SOC 2 CC8.1'], types: ['AWS::EKS::Addon'], mistake: set('ResolveConflicts', 'OVERWRITE') },
  { id: 'eks-addon-unpinned', title: 'AWS chooses the version of an add-on on the day', severity: 'LOW', controls: ['SOC 2 CC8.1'], types: ['AWS::EKS::Addon'], mistake: drop('AddonVersion') },
  { id: 'eks-addon-without-role', title: 'The add-on acts with the role of the node', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-6'], types: ['AWS::EKS::Addon'], mistake: (resource) => [...drop('ServiceAccountRoleArn')(resource), ...drop('PodIdentityAssociations')(resource)] },
  { id: 'eks-access-administrator', title: 'A principal becomes administrator of the whole cluster', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 7.2.2', 'NIST 800-53 r5 AC-6'], types: ['AWS::EKS::AccessEntry'], mistake: set('AccessPolicies', [{ PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', AccessScope: { Type: 'cluster' } }]) },
  { id: 'eks-access-masters', title: 'A principal joins the group of masters', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 7.2.2', 'NIST 800-53 r5 AC-6'], types: ['AWS::EKS::AccessEntry'], mistake: set('KubernetesGroups', ['system:masters']) },
  { id: 'eks-pod-identity-removed', title: 'A pod lost its role: it acts as its node', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 7.2.5'], types: ['AWS::EKS::PodIdentityAssociation'], mistake: removed },
];

function withoutRanges(vpc: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(vpc).filter(([name]) => name !== 'PublicAccessCidrs'));
}
