import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeAddonCommand, DescribeClusterCommand, DescribeNodegroupCommand, EKSClient, ListAssociatedAccessPoliciesCommand, ListPodIdentityAssociationsCommand } from '@aws-sdk/client-eks';
import { expect } from 'chai';
import { LOCAL_ACCOUNT, localClientConfig } from '../../src/local-aws';
import { att, HOME, Rehearsal, ref, type Template } from './rehearsal';

type Resources = Template['Resources'];

const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
const subnet = (CidrBlock: string) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock } });
const missing = `arn:aws:iam::${LOCAL_ACCOUNT}:role/nobody`;

const network: Resources = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } }, A: subnet('10.0.0.0/24'), B: subnet('10.0.1.0/24') };
const subnets = [ref('A'), ref('B')];
const cluster = (properties: object = {}) => ({ Type: 'AWS::EKS::Cluster', Properties: { RoleArn: att('Role', 'Arn'), ResourcesVpcConfig: { SubnetIds: subnets }, ...properties } });
const standing: Resources = { ...network, Role: role, Cluster: cluster() };
const nodes = (properties: object = {}) => ({ Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: ref('Cluster'), NodeRole: att('Role', 'Arn'), Subnets: subnets, ...properties } });
const profile = (properties: object = {}) => ({ Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: ref('Cluster'), PodExecutionRoleArn: att('Role', 'Arn'), Selectors: [{ Namespace: 'shop' }], Subnets: subnets, ...properties } });
const addon = (properties: object = {}) => ({ Type: 'AWS::EKS::Addon', Properties: { ClusterName: ref('Cluster'), AddonName: 'vpc-cni', AddonVersion: 'v1.23.0-eksbuild.1', ...properties } });
const entry = (properties: object = {}) => ({
  Type: 'AWS::EKS::AccessEntry',
  Properties: { ClusterName: ref('Cluster'), PrincipalArn: att('Role', 'Arn'), AccessPolicies: [{ PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', AccessScope: { Type: 'namespace', Namespaces: ['shop'] } }], ...properties },
});
const identity = (properties: object = {}) => ({ Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: ref('Cluster'), Namespace: 'shop', ServiceAccount: 'api', RoleArn: att('Role', 'Arn'), ...properties } });

const noRole = `Role with arn: ${missing}, could not be assumed`;
const noCluster = 'No cluster found for name: nowhere.';

/** What is missing, resources that suffer from it, and EKS's words. */
const REFUSED: readonly (readonly [string, Resources, string])[] = [
  ['a cluster of a missing role', { ...network, Thing: cluster({ RoleArn: missing }) }, noRole],
  ['a node group of a missing cluster', { ...standing, Thing: nodes({ ClusterName: 'nowhere' }) }, noCluster],
  ['a node group of a missing role', { ...standing, Thing: nodes({ NodeRole: missing }) }, noRole],
  ['a node group of a missing launch template', { ...standing, Thing: nodes({ LaunchTemplate: { Id: 'lt-1', Version: '1' } }) }, 'with template ID lt-1, does not exist.'],
  ['a Fargate profile of a missing cluster', { ...standing, Thing: profile({ ClusterName: 'nowhere' }) }, noCluster],
  ['a Fargate profile of a missing role', { ...standing, Thing: profile({ PodExecutionRoleArn: missing }) }, noRole],
  ['a Fargate profile in a missing subnet', { ...standing, Thing: profile({ Subnets: ['subnet-1'] }) }, "The subnet ID 'subnet-1' does not exist"],
  [
    'a Fargate profile in a public subnet',
    {
      ...standing,
      Gateway: { Type: 'AWS::EC2::InternetGateway' },
      Attached: { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') } },
      Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
      Out: { Type: 'AWS::EC2::Route', DependsOn: 'Attached', Properties: { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') } },
      Joined: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref('B'), RouteTableId: ref('Table') } },
      Thing: { ...profile(), DependsOn: ['Joined', 'Out'] },
    },
    'provided in Fargate Profile is not a private subnet',
  ],
  ['an add-on of a missing cluster', { ...standing, Thing: addon({ ClusterName: 'nowhere' }) }, noCluster],
  ['an add-on whose pods have a missing role', { ...standing, Thing: addon({ PodIdentityAssociations: [{ ServiceAccount: 'aws-node', RoleArn: missing }] }) }, noRole],
  ['an access entry of a missing cluster', { ...standing, Thing: entry({ ClusterName: 'nowhere' }) }, noCluster],
  ['an access entry of a missing role', { ...standing, Thing: entry({ PrincipalArn: missing }) }, 'The specified principalArn is invalid: invalid principal.'],
  ['a pod identity of a missing cluster', { ...standing, Thing: identity({ ClusterName: 'nowhere' }) }, noCluster],
  ['a pod identity of a missing role', { ...standing, Thing: identity({ RoleArn: missing }) }, noRole],
];

const all: Resources = {
  ...standing,
  Cluster: cluster({ Version: '1.35', EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: 'arn:aws:kms:us-east-1:111111111111:key/x' } }], UpgradePolicy: { SupportType: 'STANDARD' }, ZonalShiftConfig: { Enabled: true } }),
  Nodes: nodes(),
  Profile: profile(),
  Addon: addon({ ConfigurationValues: '{"enableNetworkPolicy":"true"}', PodIdentityAssociations: [{ ServiceAccount: 'aws-node', RoleArn: att('Role', 'Arn') }] }),
  Entry: entry(),
  Identity: identity(),
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: att('Cluster', 'OpenIdConnectIssuerUrl'), ClientIdList: ['sts.amazonaws.com'] } },
  Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: att('Cluster', 'ClusterSecurityGroupId'), IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, CidrIp: '10.0.0.0/16' } },
  PodRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        'Fn::Sub': [
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"${Provider}"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"${Issuer}:aud":"sts.amazonaws.com"}}}]}',
          { Issuer: { 'Fn::Select': [1, { 'Fn::Split': ['oidc-provider/', att('Provider', 'Arn')] }] } },
        ],
      },
    },
  },
};

const Outputs = Object.fromEntries(
  Object.entries({
    Name: ref('Cluster'),
    Group: att('Cluster', 'ClusterSecurityGroupId'),
    Issuer: att('Cluster', 'OpenIdConnectIssuerUrl'),
    Endpoint: att('Cluster', 'Endpoint'),
    Authority: att('Cluster', 'CertificateAuthorityData'),
    Provider: att('Provider', 'Arn'),
    Nodes: att('Nodes', 'NodegroupName'),
  }).map(([name, Value]) => [name, { Value }]),
);

describe('Kubernetes clusters of the local AWS', () => {
  let aws: Rehearsal;
  let eks: EKSClient;
  before(async () => {
    aws = await Rehearsal.open();
    eks = new EKSClient(localClientConfig(aws.local.endpoint, HOME));
  });
  after(() => aws.close());

  for (const [what, resources, reason] of REFUSED) {
    it(`refuse ${what}`, async () => {
      const stack = await aws.create({ Resources: resources });
      expect([stack.status, stack.reasons.includes(reason), stack.reasons]).to.deep.equal(['ROLLBACK_COMPLETE', true, stack.reasons]);
    });
  }

  it('are described with all that belongs to them, and go with their stack', async () => {
    const stack = await aws.create({ Resources: all, Outputs });
    expect([stack.status, stack.reasons]).to.deep.equal(['CREATE_COMPLETE', '']);
    const { Name: name = '', Group = '', Issuer = '', Endpoint, Authority, Provider, Nodes: nodegroupName } = stack.outputs;
    expect(Issuer).to.match(/^https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
    expect(Provider).to.equal(`arn:aws:iam::${LOCAL_ACCOUNT}:oidc-provider/${Issuer.slice('https://'.length)}`);

    const { cluster: described } = await eks.send(new DescribeClusterCommand({ name }));
    expect([described?.status, described?.version, described?.endpoint, described?.certificateAuthority?.data]).to.deep.equal(['ACTIVE', '1.35', Endpoint, Authority]);
    expect([described?.upgradePolicy, described?.zonalShiftConfig, described?.encryptionConfig?.[0]?.resources]).to.deep.equal([{ supportType: 'STANDARD' }, { enabled: true }, ['secrets']]);
    const { SecurityGroups = [] } = await new EC2Client(localClientConfig(aws.local.endpoint, HOME)).send(new DescribeSecurityGroupsCommand({ GroupIds: [Group] }));
    expect([SecurityGroups[0]?.VpcId, SecurityGroups[0]?.IpPermissions?.map(({ FromPort }) => FromPort)]).to.deep.equal([described?.resourcesVpcConfig?.vpcId, [8080]]);

    const { addon: plugin } = await eks.send(new DescribeAddonCommand({ clusterName: name, addonName: 'vpc-cni' }));
    expect([plugin?.addonVersion, plugin?.configurationValues]).to.deep.equal(['v1.23.0-eksbuild.1', '{"enableNetworkPolicy":"true"}']);
    const { nodegroup } = await eks.send(new DescribeNodegroupCommand({ clusterName: name, nodegroupName }));
    expect(nodegroup?.resources?.autoScalingGroups).to.have.length(1);
    const { associations } = await eks.send(new ListPodIdentityAssociationsCommand({ clusterName: name }));
    expect(associations?.map(({ namespace, serviceAccount }) => [namespace, serviceAccount])).to.deep.equal([['shop', 'api']]);
    const { associatedAccessPolicies } = await eks.send(new ListAssociatedAccessPoliciesCommand({ clusterName: name, principalArn: described?.roleArn }));
    expect(associatedAccessPolicies?.map(({ policyArn, accessScope }) => [policyArn?.split('/')[1], accessScope?.namespaces])).to.deep.equal([['AmazonEKSViewPolicy', ['shop']]]);

    const changed = await aws.update(stack, { Resources: { ...all, Addon: addon({ AddonVersion: 'v1.24.0-eksbuild.1' }), Entry: entry({ AccessPolicies: [] }) }, Outputs });
    expect([changed.status, changed.reasons]).to.deep.equal(['UPDATE_COMPLETE', '']);
    expect((await eks.send(new DescribeAddonCommand({ clusterName: name, addonName: 'vpc-cni' }))).addon?.addonVersion).to.equal('v1.24.0-eksbuild.1');
    expect((await eks.send(new ListAssociatedAccessPoliciesCommand({ clusterName: name, principalArn: described?.roleArn }))).associatedAccessPolicies).to.deep.equal([]);

    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
    expect(await eks.send(new DescribeClusterCommand({ name })).catch((error: Error) => error.name)).to.equal('ResourceNotFoundException');
  });

  it('refuse deletion while they are protected, until the protection is taken off', async () => {
    const protectedBy = (DeletionProtection: boolean): Template => ({ Resources: { ...standing, Cluster: cluster({ DeletionProtection }) } });
    const stack = await aws.create(protectedBy(true));
    expect((await aws.remove(stack)).reasons).to.contain('deletion protection is enabled');
    const again = await aws.create(protectedBy(true));
    const open = await aws.update(again, protectedBy(false));
    expect([open.status, (await aws.remove(open)).status]).to.deep.equal(['UPDATE_COMPLETE', 'DELETE_COMPLETE']);
  });

  for (const [what, made, thing] of [
    ['node groups', 'nodegroups', nodes],
    ['Fargate profiles', 'Fargate profiles', profile],
  ] as const) {
    it(`refuse deletion while they have ${what}`, async () => {
      const owner = await aws.create({ Resources: standing, Outputs: { Name: { Value: ref('Cluster') } } });
      const { Name } = owner.outputs;
      const guest = await aws.create({ Resources: { ...network, Role: role, Thing: thing({ ClusterName: Name }) } });
      expect(guest.reasons).to.equal('');
      expect((await aws.remove(owner)).reasons).to.contain(`Cluster has ${made} attached`);
      await aws.remove(guest);
      expect((await aws.remove(owner)).status).to.equal('DELETE_COMPLETE');
    });
  }
});
