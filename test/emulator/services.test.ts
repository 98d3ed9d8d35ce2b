import { expect } from 'chai';
import { LocalAwsControl } from '../../src/local-aws';
import { att, AWAY, HOME, output, Rehearsal, ref, type Template } from './rehearsal';

const VPC = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const SUBNET = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' } };
const GROUP = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', VpcId: ref('Vpc') } };
const rule = (properties: object) => ({ GroupId: ref('Group'), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...properties });

interface Case {
  readonly type: string;
  readonly properties: object;
  /** What it needs beside itself. */
  readonly with?: Template['Resources'];
  /** What the service says about it. */
  readonly describe: (aws: Rehearsal, id: string) => Promise<string>;
  /** What the description has to contain; `{id}` stands for the physical id. */
  readonly shows: string;
  /** Another value of the properties that change in place, and what the description then contains. */
  readonly change?: [object, string];
}

const ec2 = (action: string) => (aws: Rehearsal) => aws.query('ec2', action);

const DRIVEN: Case[] = [
  { type: 'AWS::EC2::EIP', properties: { Domain: 'vpc' }, describe: ec2('DescribeAddresses'), shows: '<publicIp>{id}</publicIp>' },
  { type: 'AWS::EC2::NatGateway', with: { Vpc: VPC, Subnet: SUBNET, Ip: { Type: 'AWS::EC2::EIP' } }, properties: { SubnetId: ref('Subnet'), AllocationId: att('Ip', 'AllocationId') }, describe: ec2('DescribeNatGateways'), shows: '<natGatewayId>{id}</natGatewayId>' },
  { type: 'AWS::EC2::NetworkInterface', with: { Vpc: VPC, Subnet: SUBNET, Group: GROUP }, properties: { SubnetId: ref('Subnet'), GroupSet: [ref('Group')], SourceDestCheck: false }, describe: ec2('DescribeNetworkInterfaces'), shows: '<networkInterfaceId>{id}</networkInterfaceId>', change: [{ SourceDestCheck: true }, '<sourceDestCheck>true</sourceDestCheck>'] },
  { type: 'AWS::EC2::EIPAssociation', with: { Vpc: VPC, Subnet: SUBNET, Ip: { Type: 'AWS::EC2::EIP' }, Interface: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: ref('Subnet') } } }, properties: { AllocationId: att('Ip', 'AllocationId'), NetworkInterfaceId: ref('Interface') }, describe: ec2('DescribeAddresses'), shows: '<associationId>{id}</associationId>' },
  { type: 'AWS::EC2::NetworkAcl', with: { Vpc: VPC }, properties: { VpcId: ref('Vpc') }, describe: ec2('DescribeNetworkAcls'), shows: '<networkAclId>{id}</networkAclId>' },
  { type: 'AWS::EC2::NetworkAclEntry', with: { Vpc: VPC, Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } } }, properties: { NetworkAclId: ref('Acl'), RuleNumber: 7, Protocol: -1, RuleAction: 'allow', CidrBlock: '10.9.0.0/16' }, describe: ec2('DescribeNetworkAcls'), shows: '10.9.0.0/16', change: [{ CidrBlock: '10.8.0.0/16' }, '10.8.0.0/16'] },
  { type: 'AWS::EC2::SubnetNetworkAclAssociation', with: { Vpc: VPC, Subnet: SUBNET, Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } } }, properties: { SubnetId: ref('Subnet'), NetworkAclId: ref('Acl') }, describe: ec2('DescribeNetworkAcls'), shows: '<networkAclAssociationId>{id}</networkAclAssociationId>' },
  { type: 'AWS::EC2::FlowLog', with: { Vpc: VPC }, properties: { ResourceId: ref('Vpc'), ResourceType: 'VPC', TrafficType: 'ALL', LogDestination: 'arn:aws:s3:::flow', LogDestinationType: 's3' }, describe: ec2('DescribeFlowLogs'), shows: '<flowLogId>{id}</flowLogId>' },
  { type: 'AWS::EC2::SecurityGroupIngress', with: { Vpc: VPC, Group: GROUP }, properties: rule({ CidrIp: '10.7.0.0/16' }), describe: ec2('DescribeSecurityGroups'), shows: '10.7.0.0/16' },
  { type: 'AWS::EC2::SecurityGroupEgress', with: { Vpc: VPC, Group: GROUP }, properties: rule({ CidrIp: '10.6.0.0/16' }), describe: ec2('DescribeSecurityGroups'), shows: '10.6.0.0/16' },
  { type: 'AWS::ECS::ClusterCapacityProviderAssociations', with: { Cluster: { Type: 'AWS::ECS::Cluster' } }, properties: { Cluster: ref('Cluster'), CapacityProviders: ['FARGATE_SPOT'], DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }] }, describe: (aws, id) => aws.json('ecs', 'AmazonEC2ContainerServiceV20141113.DescribeClusters', { clusters: [id] }), shows: 'FARGATE_SPOT' },
  { type: 'AWS::RDS::GlobalCluster', properties: { GlobalClusterIdentifier: 'everywhere', Engine: 'aurora-postgresql', DeletionProtection: false }, describe: (aws) => aws.query('rds', 'DescribeGlobalClusters'), shows: '<GlobalClusterIdentifier>{id}</GlobalClusterIdentifier>' },
  { type: 'AWS::WAFv2::IPSet', properties: { Name: 'offices', Scope: 'REGIONAL', IPAddressVersion: 'IPV4', Addresses: ['192.0.2.1/32'] }, describe: (aws, id) => aws.json('wafv2', 'AWSWAF_20190729.GetIPSet', { Name: 'offices', Id: id.split('|')[1], Scope: 'REGIONAL' }), shows: '192.0.2.1/32', change: [{ Addresses: ['192.0.2.2/32'] }, '192.0.2.2/32'] },
  { type: 'AWS::Route53::HealthCheck', properties: { HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'a.example', ResourcePath: '/deep', FailureThreshold: 3, Regions: ['us-east-1', 'eu-west-1', 'sa-east-1'] } }, describe: (aws) => aws.rest('route53', '/2013-04-01/healthcheck'), shows: '<ResourcePath>/deep</ResourcePath>', change: [{ HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'a.example', ResourcePath: '/deeper' } }, '<ResourcePath>/deeper</ResourcePath>'] },
  { type: 'AWS::Route53::HealthCheck', with: { Child: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'b.example', EnableSNI: true, Regions: ['us-east-1', 'eu-west-1', 'sa-east-1'] } } } }, properties: { HealthCheckConfig: { Type: 'CALCULATED', ChildHealthChecks: [ref('Child')], HealthThreshold: 1 } }, describe: (aws) => aws.rest('route53', '/2013-04-01/healthcheck'), shows: '<Id>{id}</Id>' },
  { type: 'AWS::Budgets::Budget', properties: { Budget: { BudgetName: 'monthly', BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 100, Unit: 'USD' } } }, describe: (aws) => aws.json('budgets', 'AWSBudgetServiceGateway.DescribeBudgets', { AccountId: '111111111111' }), shows: '"BudgetName": "monthly"', change: [{ Budget: { BudgetName: 'monthly', BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 777, Unit: 'USD' } } }, '777'] },
  { type: 'AWS::CloudWatch::Alarm', properties: { AlarmName: 'errors', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 5, Metrics: [{ Id: 'e', MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors' }, Period: 60, Stat: 'Sum' }, ReturnData: false }, { Id: 'rate', Expression: 'e * 2' }] }, describe: (aws) => aws.query('monitoring', 'DescribeAlarms'), shows: '<AlarmName>errors</AlarmName>' },
  { type: 'AWS::CloudTrail::Trail', properties: { TrailName: 'audit', IsLogging: true, S3BucketName: 'audit-logs' }, describe: (aws) => aws.json('cloudtrail', 'CloudTrail_20131101.DescribeTrails'), shows: 'audit-logs', change: [{ S3BucketName: 'other-logs' }, 'other-logs'] },
  {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    with: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'archive', AssumeRolePolicyDocument: { Statement: [] } } } },
    properties: { DeliveryStreamName: 'archive', ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::logs', RoleARN: att('Role', 'Arn'), Prefix: 'first/' } },
    describe: (aws, id) => aws.json('firehose', 'Firehose_20150804.DescribeDeliveryStream', { DeliveryStreamName: id }),
    shows: 'first/',
    change: [{ ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::logs', RoleARN: att('Role', 'Arn'), Prefix: 'second/' } }, 'second/'],
  },
];

const ids: [string, Template['Resources'], RegExp][] = [
  ['a transit gateway', { Thing: { Type: 'AWS::EC2::TransitGateway' } }, /^tgw-[0-9a-f]{17}$/],
  ['an EC2 instance', { Thing: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1' } } }, /^i-[0-9a-f]{17}$/],
  ['an EC2 instance of the newest image', { Thing: { Type: 'AWS::EC2::Instance', Properties: { ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}', InstanceType: 't4g.nano' } } }, /^i-[0-9a-f]{17}$/],
  ['a prefix list', { Thing: { Type: 'AWS::EC2::PrefixList', Properties: { PrefixListName: 'partners', AddressFamily: 'IPv4', MaxEntries: 2, Entries: [{ Cidr: '192.0.2.0/24' }] } } }, /^pl-[0-9a-f]{17}$/],
  ['a session document', { Thing: { Type: 'AWS::SSM::Document', Properties: { Name: 'sessions', DocumentType: 'Session', Content: { schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs: {} } } } }, /^sessions$/],
  ['a database proxy', { Vpc: VPC, Subnet: SUBNET, Other: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' } }, Thing: { Type: 'AWS::RDS::DBProxy', Properties: { DBProxyName: 'pool', EngineFamily: 'MYSQL', RoleArn: 'arn:aws:iam::111111111111:role/x', VpcSubnetIds: [ref('Subnet'), ref('Other')] } } }, /^pool$/],
  ['an OIDC provider', { Thing: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://token.example' } } }, /^arn:aws:iam::111111111111:oidc-provider\/token\.example$/],
  ['a scalable target', { Thing: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { MaxCapacity: 2, MinCapacity: 1, ResourceId: 'table/a', ScalableDimension: 'dynamodb:table:ReadCapacityUnits', ServiceNamespace: 'dynamodb' } } }, /^table\/a\|dynamodb:table:ReadCapacityUnits\|dynamodb$/],
  ['an objective', { Thing: { Type: 'AWS::ApplicationSignals::ServiceLevelObjective', Properties: { Name: 'availability' } } }, /^arn:aws:application-signals:us-east-1:111111111111:slo\/availability$/],
  ['an experiment', { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'experiments', AssumeRolePolicyDocument: { Statement: [] } } }, Thing: { Type: 'AWS::FIS::ExperimentTemplate', Properties: { Description: 'x', RoleArn: att('Role', 'Arn'), StopConditions: [{ Source: 'none' }], Targets: {}, Tags: {} } } }, /^EXT[0-9a-f]{15}$/],
  ['a region-switch plan', { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } }, Thing: { Type: 'AWS::ARCRegionSwitch::Plan', Properties: { Name: 'switch', ExecutionRole: att('Role', 'Arn'), RecoveryApproach: 'activePassive', Regions: [HOME, AWAY], Workflows: [{ WorkflowTargetAction: 'activate' }] } } }, /^arn:aws:arc-region-switch::111111111111:plan\/switch:[0-9a-f]{6}$/],
  ['an anomaly monitor', { Thing: { Type: 'AWS::CE::AnomalyMonitor', Properties: { MonitorName: 'spend', MonitorType: 'DIMENSIONAL', MonitorDimension: 'SERVICE' } } }, /^arn:aws:ce::111111111111:anomalymonitor\/[0-9a-f-]{36}$/],
  ['a secret', { Thing: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'pin', GenerateSecretString: {} } } }, /^arn:aws:secretsmanager:us-east-1:111111111111:secret:pin-/],
];

describe('services behind the resources', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  for (const { type, properties, with: others = {}, describe: description, shows, change } of DRIVEN) {
    it(`show a ${type} while it is there${change ? ', and its changes' : ''}`, async () => {
      const template = (more: object = {}): Template => ({ Resources: { ...others, Thing: { Type: type, Properties: { ...properties, ...more } } }, Outputs: { Id: output(ref('Thing')) } });
      const stack = await aws.create(template());
      expect(stack.reasons).to.equal('');
      const id = stack.outputs['Id'] as string;
      expect(await description(aws, id)).to.contain(shows.replace('{id}', id));
      if (change) {
        const updated = await aws.update(stack, template(change[0]));
        expect(updated.outputs['Id']).to.equal(id);
        expect(await description(aws, id)).to.contain(change[1]);
      }
      expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
      if (type !== 'AWS::EC2::NatGateway') {
        expect(await description(aws, id)).not.to.contain(change?.[1] ?? shows.replace('{id}', id));
      }
    });
  }

  it('show rules of a security group that name a prefix list', async () => {
    const from = (list: string) => ({ Type: 'AWS::EC2::SecurityGroupIngress', Properties: rule({ SourcePrefixListId: list }) });
    const stack = await aws.create({ Resources: { Vpc: VPC, Group: GROUP, Edge: from('pl-3b927c52'), Checkers: from('pl-11112222') } });
    expect(await aws.query('ec2', 'DescribeSecurityGroups')).to.contain('pl-3b927c52').and.contain('pl-11112222');
    await aws.remove(stack);
  });

  it('show which firewall guards a load balancer', async () => {
    const visibility = { CloudWatchMetricsEnabled: true, MetricName: 'm', SampledRequestsEnabled: true };
    const stack = await aws.create({
      Resources: {
        Vpc: VPC, Subnet: SUBNET,
        Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: [ref('Subnet')] } },
        Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Name: 'guard', Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: visibility } },
        Guarded: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: ref('Balancer'), WebACLArn: att('Acl', 'Arn') } },
      },
      Outputs: { Balancer: output(ref('Balancer')), Acl: output(att('Acl', 'Arn')) },
    });
    const found = await aws.json('wafv2', 'AWSWAF_20190729.GetWebACLForResource', { ResourceArn: stack.outputs['Balancer'] });
    expect(found).to.contain(stack.outputs['Acl']);
    await aws.remove(stack);
  });

  for (const [what, resources, shape] of ids) {
    it(`give ${what} an id of AWS's shape`, async () => {
      const stack = await aws.create({ Resources: resources, Outputs: { Id: output(ref('Thing')) } });
      expect(stack.outputs['Id'], stack.reasons).to.match(shape);
      await aws.remove(stack);
    });
  }

  it('generate the value of a secret of the characters that its template asks for', async () => {
    const generated = async (settings: object): Promise<string> => {
      const stack = await aws.create({ Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: settings } } }, Outputs: { Arn: output(ref('Secret')) } });
      expect(stack.reasons).to.equal('');
      const { SecretString } = JSON.parse(await aws.json('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId: stack.outputs['Arn'] })) as { SecretString: string };
      await aws.remove(stack);
      return SecretString;
    };
    expect(await generated({ PasswordLength: 200, ExcludePunctuation: true })).to.match(/^[A-Za-z0-9]{200}$/);
    expect(await generated({ PasswordLength: 200, ExcludeLowercase: true, ExcludeNumbers: true, ExcludePunctuation: true })).to.match(/^[A-Z]{200}$/);
    expect(await generated({ PasswordLength: 200, ExcludeCharacters: '/@" ' })).not.to.match(/[/@" ]/);
    expect(await generated({})).to.have.length(32);
    expect(JSON.parse(await generated({ SecretStringTemplate: '{"username":"portal"}', GenerateStringKey: 'password', ExcludePunctuation: true }))).to.have.property('username', 'portal');
  });

  it('give the range of a VPC by GetAtt', async () => {
    const stack = await aws.create({ Resources: { Vpc: VPC }, Outputs: { Range: output(att('Vpc', 'CidrBlock')) } });
    expect(stack.outputs['Range']).to.equal('10.0.0.0/16');
    await aws.remove(stack);
  });

  it('replace a recorded resource when a create-only property changes, and update it otherwise', async () => {
    const group = (GroupName: string, FilterExpression: string): Template => ({ Resources: { Group: { Type: 'AWS::XRay::Group', Properties: { GroupName, FilterExpression } } }, Outputs: { Id: output(ref('Group')) } });
    const address = (StaticIpName: string, AttachedTo: string): Template => ({ Resources: { Address: { Type: 'AWS::Lightsail::StaticIp', Properties: { StaticIpName, AttachedTo } } }, Outputs: { Id: output(att('Address', 'StaticIpArn')) } });
    for (const [first, changed, replaced] of [
      [group('a', 'x'), group('a', 'y'), undefined],
      [address('first', 'a'), address('first', 'b'), address('second', 'b')],
    ] as const) {
      const stack = await aws.create(first);
      const updated = await aws.update(stack, changed);
      expect(updated.outputs).to.deep.equal(stack.outputs);
      if (replaced) {
        const again = await aws.update(stack, replaced);
        expect(again.outputs).not.to.deep.equal(stack.outputs);
        expect(again.events).to.include.members(['Address DELETE_COMPLETE']);
      }
      await aws.remove(stack);
    }
  });

  it('say which resources are emulated and which are only recorded', async () => {
    const stack = await aws.create({ Resources: { Vpc: VPC, Gateway: { Type: 'AWS::EC2::TransitGateway' } } });
    const coverage = await new LocalAwsControl(aws.local.endpoint).coverage();
    expect(coverage.types).to.include({ 'AWS::EC2::VPC': 'emulated', 'AWS::EC2::TransitGateway': 'recorded' });
    expect(coverage.stacks.find(({ stackId }) => stackId === stack.stackId)).to.include({ emulated: 1, recorded: 1, region: HOME });
    await aws.remove(stack);
  });

  it('let drift detection see a database that was changed by hand', async () => {
    const properties = { DBInstanceIdentifier: 'drifting', Engine: 'mysql', DBInstanceClass: 'db.t3.micro', AllocatedStorage: '20', MasterUsername: 'admin', MasterUserPassword: 'secret-word', BackupRetentionPeriod: 7 };
    const stack = await aws.create({ Resources: { Database: { Type: 'AWS::RDS::DBInstance', Properties: properties, DeletionPolicy: 'Delete' }, Gateway: { Type: 'AWS::EC2::TransitGateway' } } });
    await aws.query('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'drifting', BackupRetentionPeriod: '1', ApplyImmediately: 'true' });
    const client = aws.cloudFormation();
    await client.detectStackDrift({ StackName: stack.stackId });
    const { StackResourceDrifts = [] } = await client.describeStackResourceDrifts({ StackName: stack.stackId });
    const status = Object.fromEntries(StackResourceDrifts.map((drift) => [drift.LogicalResourceId, drift.StackResourceDriftStatus]));
    expect(status).to.deep.equal({ Database: 'MODIFIED', Gateway: 'IN_SYNC' });
    await aws.remove(stack);
  });
});
