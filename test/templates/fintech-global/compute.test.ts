import { expect } from 'chai';
import { compute } from '../../../templates/systems/fintech-global/compute';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, bothRegions, instanceOf, ofType, resolved, resourceOf, resourcesOf } from './built';
import { everywhere, parameters, rights, rightsOf, type ComputeInstance } from './compute-instance';
import { namespaces } from './everywhere';

const subnets = ['subnet-private-a', 'subnet-private-b', 'subnet-private-c'];
const retention = (environment: ComputeInstance['environment']): number => (environment === 'production' ? 400 : 14);

/** The policies that AWS maintains, by name. */
const managed = (...names: readonly string[]) => names.map((name) => `arn:aws:iam::aws:policy/${name}`);

/** A trust policy of one statement. */
const trust = (Principal: object, Action: readonly string[], Condition?: object) => ({ AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action, ...(Condition ? { Condition } : {}) }] } });

describe('The cluster', () => {
  everywhere('FTG-19 FTG-28', 'runs a supported version, admits by access entries, encrypts secrets and logs its control plane', ({ of, named, environment, stack }) => {
    expect(of('Cluster', 'Name', 'Version', 'AccessConfig', 'EncryptionConfig', 'Logging', 'UpgradePolicy', 'DeletionProtection', 'ZonalShiftConfig', 'BootstrapSelfManagedAddons', 'RoleArn')).to.deep.equal({
      Name: named('cluster'),
      Version: '1.35',
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
      EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: 'key' } }],
      Logging: { ClusterLogging: { EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((Type) => ({ Type })) } },
      UpgradePolicy: { SupportType: 'STANDARD' },
      DeletionProtection: environment === 'production',
      ZonalShiftConfig: { Enabled: true },
      BootstrapSelfManagedAddons: false,
      RoleArn: 'ClusterRole.Arn',
    });
    const { dependsOn, deletionPolicy } = resourceOf(stack, 'Cluster');
    expect([dependsOn, deletionPolicy]).to.deep.equal([['ClusterLog'], 'Delete']);
  });

  everywhere('FTG-19', 'logs into a group that stands before it, under the data key and with an end', ({ of, named, environment }) => {
    expect(of('ClusterLog', 'LogGroupName', 'KmsKeyId', 'RetentionInDays')).to.deep.equal({ LogGroupName: `/aws/eks/${named('cluster')}/cluster`, KmsKeyId: 'key', RetentionInDays: retention(environment) });
  });

  everywhere('FTG-20', 'answers in the private subnets and nowhere else', ({ of }) => {
    expect(of('Cluster', 'ResourcesVpcConfig')).to.deep.equal({ ResourcesVpcConfig: { SubnetIds: subnets, EndpointPrivateAccess: true, EndpointPublicAccess: false } });
  });

  everywhere('FTG-26 FTG-27', 'is named in outputs, with a command in place of a kubeconfig', ({ stack, region, named }) => {
    const outputs = [...stack.root.outputs].map(([name, { value }]) => [name, plain(value)] as const);
    const command = { 'Fn::Join': ['', [`aws eks update-kubeconfig --region ${region} --name `, 'Cluster']] };
    expect(Object.fromEntries(outputs)).to.deep.equal({
      ClusterName: 'Cluster',
      ClusterArn: 'Cluster.Arn',
      ClusterEndpoint: 'Cluster.Endpoint',
      ClusterCertificateAuthority: 'Cluster.CertificateAuthorityData',
      KubeconfigCommand: command,
      NodeAutoScalingGroupName: 'SystemNodeScaling.AutoScalingGroupName',
      ApiRoleArn: 'ApiRole.Arn',
      WorkerRoleArn: 'WorkerRole.Arn',
    });
    expect(named('cluster')).to.have.length.at.most(100);
  });
});

describe('Fargate', () => {
  everywhere('FTG-21', 'runs the pods of the services’ namespace alone, in private subnets', ({ of, environment }) => {
    const namespace = namespaces[environment];
    expect(of('Pods', 'ClusterName', 'FargateProfileName', 'Selectors', 'Subnets', 'PodExecutionRoleArn')).to.deep.equal({
      ClusterName: 'Cluster',
      FargateProfileName: namespace,
      Selectors: [{ Namespace: namespace }],
      Subnets: subnets,
      PodExecutionRoleArn: 'PodsRole.Arn',
    });
  });

  everywhere('FTG-21 FTG-25', 'writes the log of pods into a group of its own', ({ of, named, environment, arn }) => {
    expect(of('PodLog', 'LogGroupName', 'KmsKeyId', 'RetentionInDays')).to.deep.equal({ LogGroupName: `/aws/eks/${named('cluster')}/pods`, KmsKeyId: 'key', RetentionInDays: retention(environment) });
    const may = (Action: readonly string[], ...Resource: readonly string[]) => ({ Effect: 'Allow', Action, Resource });
    expect(rightsOf({ of }, 'PodsRole')).to.deep.equal({
      ...(rights(may(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], 'PodLog.Arn'), may(['logs:DescribeLogGroups'], arn('logs', 'log-group:*'))) as object),
      ManagedPolicyArns: managed('AmazonEKSFargatePodExecutionRolePolicy'),
    });
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('FTG-21', `has one profile, because a cluster makes one at a time: ${environment} in ${region}`, () => {
        expect(resourcesOf(instanceOf(compute, environment, region, parameters), 'AWS::EKS::FargateProfile').map(({ id }) => id)).to.deep.equal(['Pods']);
      });
    }
  }
});

describe('The system nodes', () => {
  everywhere('FTG-22 FTG-28', 'are three in as many zones, labelled and tainted, replaced one at a time', ({ of }) => {
    expect(of('SystemNodes', 'ClusterName', 'NodeRole', 'Subnets', 'Version', 'AmiType', 'CapacityType', 'InstanceTypes', 'ScalingConfig', 'UpdateConfig', 'NodeRepairConfig', 'LaunchTemplate', 'Labels', 'Taints')).to.deep.equal({
      ClusterName: 'Cluster',
      NodeRole: 'SystemNodesRole.Arn',
      Subnets: subnets,
      Version: '1.35',
      AmiType: 'AL2023_ARM_64_STANDARD',
      CapacityType: 'ON_DEMAND',
      InstanceTypes: ['t4g.large'],
      ScalingConfig: { MinSize: 3, DesiredSize: 3, MaxSize: 6 },
      UpdateConfig: { MaxUnavailable: 1 },
      NodeRepairConfig: { Enabled: true },
      LaunchTemplate: { Id: 'SystemNodesTemplate', Version: 'SystemNodesTemplate.LatestVersionNumber' },
      Labels: { role: 'system' },
      Taints: [{ Key: 'role', Value: 'system', Effect: 'NO_SCHEDULE' }],
    });
  });

  everywhere('FTG-22', 'keep their metadata to themselves and their disks encrypted, and name no group, so that EKS gives them the cluster’s', ({ stack }) => {
    const { MetadataOptions, BlockDeviceMappings, SecurityGroupIds, NetworkInterfaces, KeyName, UserData } = resourceOf(stack, 'SystemNodesTemplate').properties['LaunchTemplateData'] as Readonly<Record<string, unknown>>;
    expect(plain(MetadataOptions)).to.deep.equal({ HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
    expect(plain(BlockDeviceMappings)).to.deep.equal([{ DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: 30, Encrypted: true, KmsKeyId: 'key', DeleteOnTermination: true } }]);
    expect([SecurityGroupIds, NetworkInterfaces, KeyName, UserData]).to.deep.equal([undefined, undefined, undefined, undefined]);
  });

  everywhere('FTG-22 FTG-23', 'host add-ons of pinned versions, which tolerate their taint', ({ stack }) => {
    const tolerations = [{ key: 'role', operator: 'Equal', value: 'system', effect: 'NoSchedule' }];
    const onNodes = JSON.stringify({ nodeSelector: { role: 'system' }, tolerations });
    const addOns = resourcesOf(stack, 'AWS::EKS::Addon').map(({ properties: { AddonName, AddonVersion, ConfigurationValues, PodIdentityAssociations } }) => plain([AddonName, AddonVersion, ConfigurationValues, PodIdentityAssociations]));
    expect(addOns).to.have.deep.members([
      ['eks-pod-identity-agent', 'v1.4.0-eksbuild.1', undefined, undefined],
      ['kube-proxy', 'v1.35.3-eksbuild.18', undefined, undefined],
      ['vpc-cni', 'v1.23.0-eksbuild.1', '{"enableNetworkPolicy":"true"}', [{ ServiceAccount: 'aws-node', RoleArn: 'NetworkPluginRole.Arn' }]],
      ['coredns', 'v1.14.3-eksbuild.3', onNodes, undefined],
      ['metrics-server', 'v0.9.0-eksbuild.5', onNodes, undefined],
      ['amazon-cloudwatch-observability', 'v6.4.0-eksbuild.1', JSON.stringify({ tolerations, manager: { tolerations } }), [{ ServiceAccount: 'cloudwatch-agent', RoleArn: 'ObservabilityRole.Arn' }]],
    ]);
  });

  everywhere('FTG-22', 'come after what gives their pods addresses and roles, and before what needs nodes to run on', ({ stack }) => {
    const after = (id: string): readonly string[] => resourceOf(stack, id).dependsOn;
    expect(after('SystemNodes')).to.deep.equal(['KubeProxy', 'NetworkPlugin', 'PodIdentityAgent']);
    expect(after('NetworkPlugin')).to.deep.equal(['PodIdentityAgent']);
    for (const id of ['NameServers', 'MetricsServer']) expect(after(id)).to.deep.equal(['SystemNodes']);
  });

  everywhere('FTG-22', 'send their logs to groups that stand before the agents', ({ of, stack, named, environment }) => {
    const groups = { ApplicationLog: 'application', DataPlaneLog: 'dataplane', HostLog: 'host', PerformanceLog: 'performance' };
    for (const [id, name] of Object.entries(groups)) {
      expect(of(id, 'LogGroupName', 'KmsKeyId', 'RetentionInDays')).to.deep.equal({ LogGroupName: `/aws/containerinsights/${named('cluster')}/${name}`, KmsKeyId: 'key', RetentionInDays: retention(environment) });
    }
    expect(resourceOf(stack, 'Observability').dependsOn).to.deep.equal([...Object.keys(groups), 'SystemNodes']);
  });
});

describe('Roles of the cluster', () => {
  everywhere('FTG-25', 'have the policies of AWS that they need, and trust one service each', ({ of, named, region, arn }) => {
    const role = (id: string) => of(id, 'RoleName', 'AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies');
    const onlyManaged = (part: string, service: string, ...policies: readonly string[]) => ({ RoleName: `${named(part)}-${region}`, ...trust({ Service: service }, ['sts:AssumeRole']), ManagedPolicyArns: managed(...policies), Policies: undefined });
    expect(role('ClusterRole')).to.deep.equal(onlyManaged('cluster', 'eks.amazonaws.com', 'AmazonEKSClusterPolicy'));
    expect(role('SystemNodesRole')).to.deep.equal(onlyManaged('system-node', 'ec2.amazonaws.com', 'AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'));
    expect(of('PodsRole', 'RoleName', 'AssumeRolePolicyDocument')).to.deep.equal({
      RoleName: `${named('pod-execution')}-${region}`,
      ...trust({ Service: 'eks-fargate-pods.amazonaws.com' }, ['sts:AssumeRole'], { ArnLike: { 'aws:SourceArn': arn('eks', `fargateprofile/${named('cluster')}/*`) } }),
    });
  });

  everywhere('FTG-24 FTG-25', 'of pods on nodes belong to one service account each', ({ of, named, region }) => {
    const role = (id: string) => of(id, 'RoleName', 'AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies');
    const podIdentity = (part: string, namespace: string, account: string, ...policies: readonly string[]) => ({
      RoleName: `${named(part)}-${region}`,
      ...trust({ Service: 'pods.eks.amazonaws.com' }, ['sts:AssumeRole', 'sts:TagSession'], {
        StringEquals: { 'aws:RequestTag/eks-cluster-arn': 'Cluster.Arn', 'aws:RequestTag/kubernetes-namespace': namespace, 'aws:RequestTag/kubernetes-service-account': account },
      }),
      ManagedPolicyArns: policies.length ? managed(...policies) : undefined,
    });
    expect(role('NetworkPluginRole')).to.deep.equal({ ...podIdentity('network-plugin', 'kube-system', 'aws-node', 'AmazonEKS_CNI_Policy'), Policies: undefined });
    expect(role('ObservabilityRole')).to.deep.equal({ ...podIdentity('observability', 'amazon-cloudwatch', 'cloudwatch-agent', 'CloudWatchAgentServerPolicy'), Policies: undefined });
    const describes = ['ec2:DescribeAvailabilityZones', 'ec2:DescribeInstances', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'elasticloadbalancing:DescribeTargetGroupAttributes', 'elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth'];
    expect(role('LoadBalancerControllerRole')).to.deep.equal({
      ...podIdentity('target-registrar', 'kube-system', 'aws-load-balancer-controller'),
      Policies: (rights({ Effect: 'Allow', Action: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'], Resource: ['api-targets'] }, { Effect: 'Allow', Action: describes, Resource: ['*'] }) as { readonly Policies: unknown }).Policies,
    });
    expect(of('LoadBalancerController', 'ClusterName', 'Namespace', 'ServiceAccount', 'RoleArn')).to.deep.equal({ ClusterName: 'Cluster', Namespace: 'kube-system', ServiceAccount: 'aws-load-balancer-controller', RoleArn: 'LoadBalancerControllerRole.Arn' });
  });
});

describe('Service accounts', () => {
  everywhere('FTG-24', 'are known to IAM by the cluster’s own issuer', ({ of }) => {
    expect(of('Identity', 'Url', 'ClientIdList', 'ThumbprintList')).to.deep.equal({ Url: 'Cluster.OpenIdConnectIssuerUrl', ClientIdList: ['sts.amazonaws.com'], ThumbprintList: undefined });
  });

  for (const name of ['api', 'worker'] as const) {
    const id = name === 'api' ? 'ApiRole' : 'WorkerRole';
    everywhere('FTG-24', `have a role each, which no other may take: ${name}`, ({ of, named, region, environment }) => {
      expect(of(id, 'RoleName', 'AssumeRolePolicyDocument', 'ManagedPolicyArns')).to.deep.equal({
        RoleName: `${named(name)}-${region}`,
        ...trust({ Federated: 'Identity.Arn' }, ['sts:AssumeRoleWithWebIdentity'], {
          StringEquals: { '${Identity.Arn}:sub': `system:serviceaccount:${namespaces[environment]}:${name}`, '${Identity.Arn}:aud': 'sts.amazonaws.com' },
        }),
        ManagedPolicyArns: undefined,
      });
    });
  }

  const may = (Action: readonly string[], Resource: readonly string[], Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
  const through = (service: string, region: string) => ({ StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` } });

  everywhere('FTG-24 FTG-31 FTG-40', 'of the API reach its database user, sessions and secrets', ({ of, arn, named, region }) => {
    const items = ['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`);
    expect(rightsOf({ of }, 'ApiRole')).to.deep.equal(rights(
      may(['rds-db:connect'], [arn('rds-db', 'dbuser:cluster-ABC/fintech')]),
      may(items, [arn('dynamodb', `table/${named('sessions')}`)]),
      may(['secretsmanager:GetSecretValue'], ['cache-token', 'api-keys', 'encryption-keys'].map((secret) => arn('secretsmanager', `secret:${named(secret)}-??????`))),
      may(['kms:Decrypt'], ['key'], through('dynamodb', region)),
      may(['kms:Decrypt'], ['key'], through('secretsmanager', region)),
    ));
  });

  everywhere('FTG-24 FTG-31', 'of the worker reach its database user, and add to the data lake', ({ of, arn, region }) => {
    expect(rightsOf({ of }, 'WorkerRole')).to.deep.equal(rights(
      may(['rds-db:connect'], [arn('rds-db', 'dbuser:cluster-ABC/fintech')]),
      may(['s3:AbortMultipartUpload', 's3:PutObject'], ['arn:aws:s3:::data-lake/*']),
      may(['kms:Decrypt', 'kms:GenerateDataKey'], ['key'], through('s3', region)),
    ));
  });
});

describe('Access to Kubernetes', () => {
  const policy = (name: string) => `arn:aws:eks::aws:cluster-access-policy/${name}`;

  everywhere('FTG-19 FTG-28', 'is given to administrators and the pipeline in one namespace, and to the region-switch plan for scaling', ({ of, environment, named }) => {
    const within = { Type: 'namespace', Namespaces: [namespaces[environment]] };
    const entry = (id: string) => of(id, 'ClusterName', 'PrincipalArn', 'Type', 'AccessPolicies', 'KubernetesGroups');
    const common = { ClusterName: 'Cluster', Type: 'STANDARD', KubernetesGroups: undefined };
    expect(entry('AdministratorAccess')).to.deep.equal({ ...common, PrincipalArn: parameters.ClusterAdministratorRoleArn, AccessPolicies: [{ PolicyArn: policy('AmazonEKSAdminPolicy'), AccessScope: within }, { PolicyArn: policy('AmazonEKSViewPolicy'), AccessScope: { Type: 'cluster' } }] });
    expect(entry('DeploymentAccess')).to.deep.equal({ ...common, PrincipalArn: parameters.DeploymentRoleArn, AccessPolicies: [{ PolicyArn: policy('AmazonEKSEditPolicy'), AccessScope: within }], KubernetesGroups: ['pipeline'] });
    // The plan's role is one for both regions, and has the name of the primary.
    expect(entry('RegionSwitchAccess')).to.deep.equal({ ...common, PrincipalArn: `arn:aws:iam::111122223333:role/${named('switch')}-us-east-1`, AccessPolicies: [{ PolicyArn: policy('AmazonARCRegionSwitchScalingPolicy'), AccessScope: within }] });
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('FTG-19', `is given to nobody else, nor to roles that are not named: ${environment} in ${region}`, () => {
        const nobody = { ...parameters, ClusterAdministratorRoleArn: '', DeploymentRoleArn: '' };
        expect(Object.keys(ofType(resolved(compute, region, environment, nobody), 'AWS::EKS::AccessEntry'))).to.deep.equal(['RegionSwitchAccess']);
        expect(Object.keys(ofType(resolved(compute, region, environment, parameters), 'AWS::EKS::AccessEntry'))).to.deep.equal(['AdministratorAccess', 'DeploymentAccess', 'RegionSwitchAccess']);
      });
    }
  }
});

describe('The pods’ network', () => {
  everywhere('FTG-11 FTG-31 FTG-40', 'lets the load balancer in, and is let in by database, cache and endpoints', ({ of, stack }) => {
    const rule = (id: string) => of(id, 'GroupId', 'SourceSecurityGroupId', 'DestinationSecurityGroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp');
    const tcp = (port: number, GroupId: string, other: object) => ({ GroupId, SourceSecurityGroupId: undefined, DestinationSecurityGroupId: undefined, IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: undefined, ...other });
    const pods = 'Cluster.ClusterSecurityGroupId';
    expect(rule('LoadBalancerToApi')).to.deep.equal(tcp(8080, 'sg-alb', { DestinationSecurityGroupId: pods }));
    expect(rule('ApiFromLoadBalancer')).to.deep.equal(tcp(8080, pods, { SourceSecurityGroupId: 'sg-alb' }));
    expect(rule('DatabaseFromPods')).to.deep.equal(tcp(5432, 'sg-database', { SourceSecurityGroupId: pods }));
    expect(rule('CacheFromPods')).to.deep.equal(tcp(6379, 'sg-cache', { SourceSecurityGroupId: pods }));
    expect(rule('EndpointsFromPods')).to.deep.equal(tcp(443, 'sg-endpoints', { SourceSecurityGroupId: pods }));
    expect(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress')).to.have.length(4);
  });
});
