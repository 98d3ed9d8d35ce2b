import { expect } from 'chai';
import { Handle } from '../../../../src/cfn/handle';
import { eksAccessEntry } from '../../../../templates/modules/compute/eks-access-entry';
import { eksAddOn } from '../../../../templates/modules/compute/eks-add-on';
import { eksCluster, kubeconfigCommand, type EksClusterHandle, type EksClusterSettings } from '../../../../templates/modules/compute/eks-cluster';
import { eksFargateProfile } from '../../../../templates/modules/compute/eks-fargate-profile';
import { eksIdentityProvider } from '../../../../templates/modules/compute/eks-identity-provider';
import { eksNodeAutoScaling } from '../../../../templates/modules/compute/eks-node-auto-scaling';
import { eksNodeGroup } from '../../../../templates/modules/compute/eks-node-group';
import { podIdentity } from '../../../../templates/modules/compute/eks-pod-role';
import { serviceAccountRole } from '../../../../templates/modules/compute/eks-service-account-role';
import { logGroup } from '../../../../templates/modules/monitoring/log-group';
import { allow } from '../../../../templates/modules/security/policy';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { value } from './behind-load-balancer';

const Cluster: EksClusterHandle = new Handle('Cluster', 'AWS::EKS::Cluster');
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const statements = [allow(['s3:GetObject'], ['arn:aws:s3:::shop/*'])];
const subnetIds = value('subnets');
const keyArn = value('key');

/** A template with a cluster of these options. */
function withCluster(options: Partial<EksClusterSettings> = {}) {
  const t = builderOf();
  eksCluster(t, 'Cluster', { name: t.resourceName('cluster'), version: '1.35', subnetIds, keyArn, logRetentionInDays: 30, protected: true, ...options });
  return t;
}

describe('The Kubernetes cluster module', () => {
  it('answers in the VPC alone unless ranges are named', () => {
    expect(properties(withCluster(), 'Cluster')['ResourcesVpcConfig']).to.deep.equal({ SubnetIds: { 'Fn::Sub': 'subnets' }, EndpointPrivateAccess: true, EndpointPublicAccess: false });
    expect(properties(withCluster({ publicAccessCidrs: ['203.0.113.0/24'] }), 'Cluster')['ResourcesVpcConfig']).to.deep.include({ EndpointPrivateAccess: true, EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.0/24'] });
  });

  it('waits for its log group, which EKS would make without key and end', () => {
    const { Cluster: cluster, ClusterLog } = emitted(withCluster());
    expect([cluster?.DependsOn, ClusterLog?.Properties]).to.deep.equal([
      ['ClusterLog'],
      { LogGroupName: { 'Fn::Sub': '/aws/eks/kasha-cluster-prod-${EnvironmentSuffix}/cluster' }, RetentionInDays: 30, KmsKeyId: { 'Fn::Sub': 'key' }, Tags: ClusterLog?.Properties['Tags'] },
    ]);
  });

  it('refuses deletion when it is protected, and else goes with its stack', () => {
    for (const isProtected of [true, false]) {
      const t = withCluster({ protected: isProtected });
      expect(properties(t, 'Cluster')['DeletionProtection']).to.equal(isProtected);
      expect(emitted(t)['Cluster']).to.include({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    }
  });

  it('gives a command for a kubeconfig and nothing of what the kubeconfig holds', () => {
    expect(JSON.parse(JSON.stringify(kubeconfigCommand(Cluster)))).to.deep.equal({ 'Fn::Sub': ['aws eks update-kubeconfig --region ${Region} --name ${Name}', { Region: { Ref: 'AWS::Region' }, Name: { Ref: 'Cluster' } }] });
  });
});

describe('The node group module', () => {
  const group = () => {
    const t = builderOf();
    const nodeGroup = eksNodeGroup(t, 'Nodes', { cluster: Cluster, name: 'system', version: '1.35', subnetIds, instanceType: 't4g.large', minimum: 3, maximum: 6, volumeGiB: 30, keyArn, purpose: { key: 'role', value: 'system' } });
    return { t, nodeGroup };
  };

  it('names no security group in its template, so that EKS gives nodes the cluster’s', () => {
    const { LaunchTemplateData } = properties(group().t, 'NodesTemplate') as { readonly LaunchTemplateData: Readonly<Record<string, unknown>> };
    expect(Object.keys(LaunchTemplateData)).to.have.members(['MetadataOptions', 'BlockDeviceMappings', 'Monitoring', 'TagSpecifications']);
    expect(LaunchTemplateData['MetadataOptions']).to.deep.equal({ HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  it('begins with the least of its nodes, and tolerates one missing', () => {
    expect(properties(group().t, 'Nodes')).to.deep.include({ ScalingConfig: { MinSize: 3, DesiredSize: 3, MaxSize: 6 }, UpdateConfig: { MaxUnavailable: 1 }, LaunchTemplate: { Id: { Ref: 'NodesTemplate' }, Version: att('NodesTemplate', 'LatestVersionNumber') } });
  });

  it('has no name of ours, which would keep it from being replaced', () => {
    expect(properties(group().t, 'Nodes')).not.to.have.property('NodegroupName');
  });

  it('is asked for its Auto Scaling group by a function that may look at this cluster’s node groups only', () => {
    const { t, nodeGroup } = group();
    expect(JSON.parse(JSON.stringify(eksNodeAutoScaling(t, 'Scaling', { clusterName: t.resourceName('cluster'), nodeGroup, keyArn, logRetentionInDays: 30 })))).to.deep.equal(att('Scaling', 'AutoScalingGroupName'));
    expect(properties(t, 'Scaling')).to.deep.include({ ClusterName: att('Nodes', 'ClusterName'), NodegroupName: att('Nodes', 'NodegroupName') });
    expect(properties(t, 'ScalingLookUpRole')).to.have.nested.property('Policies[0].PolicyDocument.Statement[1]').that.deep.equals({
      Effect: 'Allow',
      Action: ['eks:DescribeNodegroup'],
      Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:nodegroup/kasha-cluster-prod-${EnvironmentSuffix}/*' }],
    });
  });
});

describe('The Fargate profile module', () => {
  const t = builderOf();
  const log = logGroup(t, 'Log', { name: t.resourceName('pods'), retentionInDays: 30, keyArn });
  eksFargateProfile(t, 'Pods', { cluster: Cluster, clusterName: t.resourceName('cluster'), namespace: 'shop', subnetIds, logGroup: log });

  it('takes the pods of one namespace', () => {
    expect(properties(t, 'Pods')).to.deep.include({ FargateProfileName: 'shop', Selectors: [{ Namespace: 'shop' }], Subnets: { 'Fn::Sub': 'subnets' } });
  });

  it('trusts Fargate for the profiles of its cluster only, and may write the pods’ log', () => {
    expect(properties(t, 'PodsRole')).to.have.nested.property('AssumeRolePolicyDocument.Statement[0]').that.deep.equals({
      Effect: 'Allow',
      Principal: { Service: 'eks-fargate-pods.amazonaws.com' },
      Action: ['sts:AssumeRole'],
      Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:fargateprofile/kasha-cluster-prod-${EnvironmentSuffix}/*' } } },
    });
    expect(properties(t, 'PodsRole')).to.have.nested.property('Policies[0].PolicyDocument.Statement[0].Resource').that.deep.equals([att('Log', 'Arn')]);
  });
});

describe('The add-on module', () => {
  it('leaves out what it is not given', () => {
    const t = builderOf();
    eksAddOn(t, 'Proxy', { cluster: Cluster, name: 'kube-proxy', version: 'v1.35.3-eksbuild.18' });
    eksAddOn(t, 'Names', { cluster: Cluster, name: 'coredns', version: 'v1.14.3-eksbuild.3', configuration: { replicaCount: 3 }, identities: { agent: value('role') } });
    const pinned = (AddonName: string, AddonVersion: string) => ({ ClusterName: { Ref: 'Cluster' }, AddonName, AddonVersion, ResolveConflicts: 'PRESERVE' });
    const { Tags: proxyTags, ...proxy } = properties(t, 'Proxy');
    const { Tags: namesTags, ...names } = properties(t, 'Names');
    expect([proxy, names]).to.deep.equal([
      pinned('kube-proxy', 'v1.35.3-eksbuild.18'),
      { ...pinned('coredns', 'v1.14.3-eksbuild.3'), ConfigurationValues: '{"replicaCount":3}', PodIdentityAssociations: [{ ServiceAccount: 'agent', RoleArn: { 'Fn::Sub': 'role' } }] },
    ]);
    expect(proxyTags).to.deep.equal(namesTags);
  });
});

describe('The access entry module', () => {
  it('gives policies in namespaces or the whole cluster, and groups when there are some', () => {
    const t = builderOf();
    eksAccessEntry(t, 'Pipeline', { cluster: Cluster, principalArn: value('role'), grants: [{ policy: 'AmazonEKSEditPolicy', in: ['shop'] }, { policy: 'AmazonEKSViewPolicy', in: 'cluster' }], groups: ['pipeline'] });
    eksAccessEntry(t, 'Nobody', { cluster: Cluster, principalArn: value('other'), grants: [] });
    const policy = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:eks::aws:cluster-access-policy/${name}` });
    expect(properties(t, 'Pipeline')).to.deep.include({
      KubernetesGroups: ['pipeline'],
      AccessPolicies: [
        { PolicyArn: policy('AmazonEKSEditPolicy'), AccessScope: { Type: 'namespace', Namespaces: ['shop'] } },
        { PolicyArn: policy('AmazonEKSViewPolicy'), AccessScope: { Type: 'cluster' } },
      ],
    });
    expect(properties(t, 'Nobody')).not.to.have.property('KubernetesGroups');
  });
});

describe('The roles of pods', () => {
  it('on Fargate trust the cluster’s tokens for one service account, in text, because its issuer is part of a key', () => {
    const t = builderOf();
    const identityProvider = eksIdentityProvider(t, 'Identity', { cluster: Cluster });
    serviceAccountRole(t, 'Role', { name: t.resourceName('api', 'account'), description: 'test', identityProvider, namespace: 'shop', serviceAccount: 'api', statements });
    expect(properties(t, 'Identity')).to.deep.include({ Url: att('Cluster', 'OpenIdConnectIssuerUrl'), ClientIdList: ['sts.amazonaws.com'] }).and.not.to.have.property('ThumbprintList');
    const { 'Fn::Sub': [text, variables] } = properties(t, 'Role')['AssumeRolePolicyDocument'] as { readonly 'Fn::Sub': readonly [string, unknown] };
    expect(JSON.parse(text)).to.deep.equal({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Principal: { Federated: '${Provider}' },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: { StringEquals: { '${Issuer}:sub': 'system:serviceaccount:shop:api', '${Issuer}:aud': 'sts.amazonaws.com' } },
      }],
    });
    expect(variables).to.deep.equal({ Provider: att('Identity', 'Arn'), Issuer: { 'Fn::Select': [1, { 'Fn::Split': ['oidc-provider/', att('Identity', 'Arn')] }] } });
  });

  it('on nodes trust EKS for one service account of one cluster, which it is associated with', () => {
    const t = builderOf();
    podIdentity(t, 'Controller', { name: t.resourceName('controller', 'account'), description: 'test', cluster: Cluster, namespace: 'kube-system', serviceAccount: 'controller', statements });
    expect(properties(t, 'Controller')).to.deep.include({ ClusterName: { Ref: 'Cluster' }, Namespace: 'kube-system', ServiceAccount: 'controller', RoleArn: att('ControllerRole', 'Arn') });
    expect(properties(t, 'ControllerRole')).to.have.nested.property('AssumeRolePolicyDocument.Statement').that.deep.equals([{
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: { StringEquals: { 'aws:RequestTag/eks-cluster-arn': att('Cluster', 'Arn'), 'aws:RequestTag/kubernetes-namespace': 'kube-system', 'aws:RequestTag/kubernetes-service-account': 'controller' } },
    }]);
    expect(properties(t, 'ControllerRole')).not.to.have.property('ManagedPolicyArns');
  });
});
