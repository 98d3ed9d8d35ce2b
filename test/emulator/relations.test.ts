import { expect } from 'chai';
import { att, AWAY, HOME, type Options, Rehearsal, ref, sub, type Template } from './rehearsal';

const ROLE = 'arn:aws:iam::111111111111:role/x';
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000';
const VPC = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const subnet = (CidrBlock: string, VpcId: unknown = ref('Vpc')) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId, CidrBlock } });
const one = (Type: string, Properties: object): Template['Resources'] => ({ Thing: { Type, Properties: Properties as Record<string, unknown> } });
const database = (properties: object): Template['Resources'] => one('AWS::RDS::DBInstance', { DBInstanceClass: 'db.t3.micro', ...properties });
const target = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP' } };
const task = { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'web', Image: 'web' }] } };
const visibility = { CloudWatchMetricsEnabled: true, MetricName: 'm', SampledRequestsEnabled: true };

const replicating = (bucket: unknown) => ({
  VersioningConfiguration: { Status: 'Enabled' },
  ReplicationConfiguration: { Role: ROLE, Rules: [{ Id: 'all', Status: 'Enabled', Destination: { Bucket: { 'Fn::Join': ['', ['arn:aws:s3:::', bucket]] } } }] },
});

/** What is missing or in the way, resources that suffer from it, and the service's words. */
const REFUSED: [string, Template['Resources'], string, Options?][] = [
  ['a VPC larger than /16', { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/8' } } }, "The CIDR '10.0.0.0/8' is invalid."],
  ['a subnet of a missing VPC', { Thing: subnet('10.0.0.0/24', 'vpc-1') }, "The vpc ID 'vpc-1' does not exist"],
  ['a subnet outside its VPC', { Vpc: VPC, Thing: subnet('10.1.0.0/24') }, "The CIDR '10.1.0.0/24' is invalid."],
  ['a subnet over another', { Vpc: VPC, Thing: subnet('10.0.0.0/24'), Other: subnet('10.0.0.128/25') }, 'conflicts with another subnet'],
  ['a security group in a missing VPC', one('AWS::EC2::SecurityGroup', { GroupDescription: 'x', VpcId: 'vpc-1' }), "The vpc ID 'vpc-1' does not exist"],
  ['a rule of a missing group', one('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', IpProtocol: '-1', CidrIp: '10.0.0.0/8' }), "The security group 'sg-1' does not exist"],
  ['a rule for a missing group', { Vpc: VPC, ...one('AWS::EC2::SecurityGroup', { GroupDescription: 'x', VpcId: ref('Vpc'), SecurityGroupIngress: [{ IpProtocol: '-1', SourceSecurityGroupId: 'sg-2' }] }) }, "The security group 'sg-2' does not exist"],
  ['a NAT gateway without its address', { Vpc: VPC, Subnet: subnet('10.0.0.0/24'), ...one('AWS::EC2::NatGateway', { SubnetId: ref('Subnet'), AllocationId: 'eipalloc-1' }) }, 'Elastic IP address eipalloc-1 could not be found.'],
  ['a route through a missing gateway', { Vpc: VPC, Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } }, ...one('AWS::EC2::Route', { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }) }, 'NatGateway nat-1 was not found'],
  ['a route through a missing network interface', { Vpc: VPC, Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } }, ...one('AWS::EC2::Route', { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: 'eni-1' }) }, "The networkInterface ID 'eni-1' does not exist"],
  ['a network interface in a missing subnet', one('AWS::EC2::NetworkInterface', { SubnetId: 'subnet-1' }), "The subnet ID 'subnet-1' does not exist"],
  ['an Auto Scaling group of a missing launch template', { Vpc: VPC, Subnet: subnet('10.0.0.0/24'), ...one('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1', MaxSize: '1', VPCZoneIdentifier: [ref('Subnet')], LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } }) }, 'with template ID lt-1, does not exist.'],
  ['an instance profile of a missing role', one('AWS::IAM::InstanceProfile', { Roles: ['nobody'] }), 'The role with name nobody cannot be found.'],
  ['a load balancer in a missing subnet', one('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: ['subnet-1'] }), "The subnet ID 'subnet-1' does not exist"],
  ['a listener of a missing load balancer', one('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: 'arn:aws:elasticloadbalancing:x', DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }] }), 'Load balancers'],
  ['a listener with a certificate of another region', { Vpc: VPC, Subnet: subnet('10.0.0.0/24'), Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: [ref('Subnet')] } }, ...one('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Balancer'), Port: 443, Protocol: 'HTTPS', Certificates: [{ CertificateArn: `arn:aws:acm:${AWAY}:111111111111:certificate/x` }], DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }] }) }, "Certificate 'arn:aws:acm:ap-southeast-1:111111111111:certificate/x' not found"],
  ['a service in a missing cluster', { Task: task, ...one('AWS::ECS::Service', { Cluster: 'nowhere', TaskDefinition: ref('Task') }) }, 'Cluster not found.'],
  ['a service of a missing task definition', { Cluster: { Type: 'AWS::ECS::Cluster' }, ...one('AWS::ECS::Service', { Cluster: ref('Cluster'), TaskDefinition: 'web:7' }) }, "Unable to describe task definition 'web:7'."],
  ['an HTTP listener of a Network Load Balancer', { Vpc: VPC, Subnet: subnet('10.0.0.0/24'), Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network', Subnets: [ref('Subnet')] } }, ...one('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Balancer'), Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }] }) }, "Listener protocol 'HTTP' must be one of 'TLS, TCP, TCP_UDP, UDP'"],
  ['a TCP listener before a target group of HTTP', { Vpc: VPC, Subnet: subnet('10.0.0.0/24'), Target: target, Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network', Subnets: [ref('Subnet')] } }, ...one('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Balancer'), Port: 8021, Protocol: 'TCP', DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Target') }] }) }, "have incompatible protocols: 'TCP' and 'HTTP'"],
  ['a service whose target group no listener uses', { Vpc: VPC, Target: target, Task: task, Cluster: { Type: 'AWS::ECS::Cluster' }, ...one('AWS::ECS::Service', { Cluster: ref('Cluster'), TaskDefinition: ref('Task'), LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: ref('Target') }] }) }, 'does not have an associated load balancer.'],
  ['a database in a missing subnet group', database({ Engine: 'mysql', DBSubnetGroupName: 'nowhere' }), "DB subnet group 'nowhere' does not exist."],
  ['a database under a missing key', database({ Engine: 'mysql', KmsKeyId: KEY }), `The specified KMS key [${KEY}] does not exist`],
  ['a cluster instance without its cluster', database({ Engine: 'aurora-postgresql', DBClusterIdentifier: 'nowhere' }), 'DBCluster nowhere not found.'],
  ['readers of a missing cluster that scale', one('AWS::ApplicationAutoScaling::ScalableTarget', { ServiceNamespace: 'rds', ScalableDimension: 'rds:cluster:ReadReplicaCount', ResourceId: 'cluster:nowhere', MinCapacity: 1, MaxCapacity: 5 }), "DB cluster doesn't exist: cluster:nowhere"],
  ['a replica of a missing database', database({ SourceDBInstanceIdentifier: 'nowhere' }), 'DBInstance nowhere not found.'],
  ['a replica of a missing database of another region', database({ SourceDBInstanceIdentifier: `arn:aws:rds:${HOME}:111111111111:db:nowhere` }), 'DBInstance nowhere not found.', { region: AWAY }],
  ['a secondary cluster of a missing global database', one('AWS::RDS::DBCluster', { Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'nowhere' }), 'Global cluster nowhere not found.'],
  ['a secret under a missing key', one('AWS::SecretsManager::Secret', { SecretString: 'x', KmsKeyId: 'alias/nowhere' }), 'The specified KMS key [alias/nowhere] does not exist'],
  ['a secret under a key of another region', one('AWS::SecretsManager::Secret', { SecretString: 'x', KmsKeyId: KEY.replace(HOME, AWAY) }), 'does not exist'],
  ['a log group under a missing key', one('AWS::Logs::LogGroup', { KmsKeyId: KEY }), 'The specified KMS Key Id could not be found.'],
  ['an alias of a missing key', one('AWS::KMS::Alias', { AliasName: 'alias/x', TargetKeyId: KEY }), `Key '${KEY}' does not exist`],
  ['a log stream in a missing group', one('AWS::Logs::LogStream', { LogGroupName: '/nowhere', LogStreamName: 's' }), 'The specified log group does not exist.'],
  ['a subscription to a missing stream', { Group: { Type: 'AWS::Logs::LogGroup' }, ...one('AWS::Logs::SubscriptionFilter', { LogGroupName: ref('Group'), FilterPattern: '', DestinationArn: `arn:aws:firehose:${HOME}:111111111111:deliverystream/nowhere` }) }, 'Could not deliver test message to specified Firehose stream.'],
  ['a subscription of a missing group', one('AWS::Logs::SubscriptionFilter', { LogGroupName: '/nowhere', FilterPattern: '', DestinationArn: `arn:aws:lambda:${HOME}:111111111111:function:f` }), 'The specified log group does not exist.'],
  ['a stream under a missing key', one('AWS::KinesisFirehose::DeliveryStream', { DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: KEY } }), `The specified KMS key [${KEY}] does not exist`],
  ['a stream of a missing role', one('AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::logs', RoleARN: ROLE } }), `The role ${ROLE} does not exist or cannot be assumed`],
  ['a bucket that replicates into a missing one', one('AWS::S3::Bucket', replicating('nowhere')), 'Destination bucket must exist.'],
  ['a bucket that replicates into one without versions', { Copy: { Type: 'AWS::S3::Bucket' }, ...one('AWS::S3::Bucket', replicating(ref('Copy'))) }, 'Destination bucket must have versioning enabled.'],
  ['a bucket without versions that replicates', { Copy: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } }, ...one('AWS::S3::Bucket', { ...replicating(ref('Copy')), VersioningConfiguration: undefined }) }, "Versioning must be 'Enabled' on the bucket"],
  ['a certificate validated in a missing zone', one('AWS::CertificateManager::Certificate', { DomainName: 'a.example', ValidationMethod: 'DNS', DomainValidationOptions: [{ DomainName: 'a.example', HostedZoneId: 'Z0' }] }), 'No hosted zone found with ID: Z0'],
  ['a record with a missing health check', { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'a.example' } }, ...one('AWS::Route53::RecordSet', { HostedZoneId: ref('Zone'), Name: 'a.example', Type: 'A', TTL: '60', ResourceRecords: ['192.0.2.1'], HealthCheckId: 'gone' }) }, 'No health check exists with the specified ID gone.'],
  ['a distribution with a certificate outside us-east-1', one('AWS::CloudFront::Distribution', { DistributionConfig: { Enabled: true, DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only' }, Origins: [{ Id: 'o', DomainName: 'a.example' }], ViewerCertificate: { AcmCertificateArn: `arn:aws:acm:${AWAY}:111111111111:certificate/x`, SslSupportMethod: 'sni-only' } } }), "doesn't exist, isn't in us-east-1 region"],
  ['a web ACL for CloudFront outside us-east-1', one('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} }, VisibilityConfig: visibility }), 'The scope is not valid.', { region: AWAY }],
  ['a global table without a replica in the region of its stack', one('AWS::DynamoDB::GlobalTable', { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], Replicas: [{ Region: AWAY }] }), 'Replicas must include the region of the stack, us-east-1.'],
  ['a global table of two regions without a stream', one('AWS::DynamoDB::GlobalTable', { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], Replicas: [{ Region: HOME }, { Region: AWAY }] }), 'StreamSpecification must be provided for a table with more than one replica.'],
  ['a function in a missing subnet', one('AWS::Lambda::Function', { Role: ROLE, Code: { ZipFile: 'x' }, Handler: 'index.x', Runtime: 'nodejs22.x', VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: [] } }), "The subnet ID 'subnet-1' does not exist"],
];

/** A resource whose name AWS accepts once, and whether once in the account (`global`) or once in a region. */
const NAMED: [string, object, 'global' | 'regional'][] = [
  ['AWS::IAM::Role', { RoleName: 'taken', AssumeRolePolicyDocument: { Statement: [] } }, 'global'],
  ['AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'taken', PolicyDocument: { Version: '2012-10-17', Statement: [] } }, 'global'],
  ['AWS::IAM::OIDCProvider', { Url: 'https://taken.example' }, 'global'],
  ['AWS::S3::Bucket', { BucketName: 'taken-bucket' }, 'global'],
  ['AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { Name: 'taken', OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' } }, 'global'],
  ['AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'taken', DefaultTTL: 1, MaxTTL: 1, MinTTL: 1, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'none' } } } }, 'global'],
  ['AWS::Logs::LogGroup', { LogGroupName: '/taken' }, 'regional'],
  ['AWS::CloudWatch::Alarm', { AlarmName: 'taken', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, MetricName: 'm', Namespace: 'n', Period: 60, Statistic: 'Sum', Threshold: 1 }, 'regional'],
  ['AWS::RDS::DBInstance', { DBInstanceIdentifier: 'taken', DBInstanceClass: 'db.t3.micro', Engine: 'mysql' }, 'regional'],
  ['AWS::SecretsManager::Secret', { Name: 'taken', SecretString: 'x' }, 'regional'],
  ['AWS::KMS::Alias', { AliasName: 'alias/taken', TargetKeyId: ref('Key') }, 'regional'],
  ['AWS::SQS::Queue', { QueueName: 'taken' }, 'regional'],
  ['AWS::XRay::Group', { GroupName: 'taken' }, 'regional'],
  ['AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'taken', VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP' }, 'regional'],
];

describe('relations between resources', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  for (const [what, resources, reason, options] of REFUSED) {
    it(`fail ${what}`, async () => {
      const stack = await aws.create({ Resources: resources }, options);
      expect(stack.status).to.equal('ROLLBACK_COMPLETE');
      expect(stack.reasons).to.contain(reason);
    });
  }

  for (const [type, properties, scope] of NAMED) {
    it(`let only one ${type} of a name be made in ${scope === 'global' ? 'the whole account' : 'a region'}, until it is gone`, async () => {
      const others: Template['Resources'] = {
        ...(JSON.stringify(properties).includes('"Key"') && { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } } }),
        ...(JSON.stringify(properties).includes('"Vpc"') && { Vpc: VPC }),
      };
      const template: Template = { Resources: { Named: { Type: type, Properties: properties as Record<string, unknown>, DeletionPolicy: 'Delete' }, ...others } };
      const first = await aws.create(template);
      expect(first.reasons).to.equal('');
      const [same, away] = [await aws.create(template), await aws.create(template, { region: AWAY })];
      expect(same.status).to.equal('ROLLBACK_COMPLETE');
      expect(away.status).to.equal(scope === 'global' ? 'ROLLBACK_COMPLETE' : 'CREATE_COMPLETE');
      await aws.remove(first);
      const again = await aws.create(template);
      expect(again.status).to.equal('CREATE_COMPLETE');
      await aws.remove(again);
      await aws.remove(away, { region: AWAY });
    });
  }

  it('let names be used again in another cluster, network, proxy or scalable target', async () => {
    const proxy = (name: string) => ({ Type: 'AWS::RDS::DBProxy', Properties: { DBProxyName: name, EngineFamily: 'MYSQL', RoleArn: ROLE, VpcSubnetIds: [ref('A'), ref('B')] } });
    const targets = (name: string) => ({ Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: ref(name), TargetGroupName: 'default' } });
    const scaling = (service: string) => ({ Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties: { PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling', ResourceId: `service/a/${service}`, ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: 'ecs' } });
    const group = (vpc: string) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { GroupName: 'web', GroupDescription: 'x', VpcId: ref(vpc) } });
    const record = (type: string, value: string) => ({ Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneId: ref('Zone'), Name: 'a.example', Type: type, TTL: '60', ResourceRecords: [value] } });
    const stack = await aws.create({
      Resources: {
        Vpc: VPC, Other: VPC, A: subnet('10.0.0.0/24'), B: subnet('10.0.1.0/24'), Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'a.example' } },
        First: proxy('first'), Second: proxy('second'), FirstTargets: targets('First'), SecondTargets: targets('Second'),
        FirstPolicy: scaling('first'), SecondPolicy: scaling('second'), Web: group('Vpc'), OtherWeb: group('Other'),
        Address: record('A', '192.0.2.1'), Long: record('AAAA', '2001:db8::1'),
      },
    });
    expect(stack.reasons).to.equal('');
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
  });

  it('keep a bucket name from every other account', async () => {
    const template = { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'one-in-the-world' } } } };
    await aws.create(template);
    expect((await aws.create(template, { account: '222222222222' })).status).to.equal('ROLLBACK_COMPLETE');
  });

  it('keep a name taken that a deletion policy retains', async () => {
    const template = { Resources: { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/retained' }, DeletionPolicy: 'Retain' } } };
    await aws.remove(await aws.create(template));
    expect((await aws.create(template)).reasons).to.match(/already exists/);
  });

  it('refuse to replace a resource that keeps its name', async () => {
    const proxy = (EngineFamily: string): Template => ({ Resources: { Vpc: VPC, A: subnet('10.0.0.0/24'), B: subnet('10.0.1.0/24'), Proxy: { Type: 'AWS::RDS::DBProxy', Properties: { DBProxyName: 'kept', EngineFamily, RoleArn: ROLE, VpcSubnetIds: [ref('A'), ref('B')] } } } });
    const stack = await aws.create(proxy('MYSQL'));
    const updated = await aws.update(stack, proxy('POSTGRESQL'));
    expect(updated.reasons).to.equal('CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename kept and update the stack again.');
    await aws.remove(stack);
  });

  it('hold while a service starts behind a listener', async () => {
    const stack = await aws.create({
      Resources: {
        Vpc: VPC, A: subnet('10.0.0.0/24'), Target: target, Task: task, Cluster: { Type: 'AWS::ECS::Cluster' },
        Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: [ref('A')] } },
        Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: ref('Balancer'), Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Target') }] } },
        Service: { Type: 'AWS::ECS::Service', DependsOn: 'Listener', Properties: { Cluster: ref('Cluster'), TaskDefinition: ref('Task'), DesiredCount: '2', LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: ref('Target') }] } },
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: sub('${Balancer.LoadBalancerFullName}-${Service.Name}'), ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, MetricName: 'm', Namespace: 'n', Period: 60, Statistic: 'Sum', Threshold: 1 } },
      },
      Outputs: { Zone: { Value: att('Balancer', 'CanonicalHostedZoneID') } },
    });
    expect(stack.reasons).to.equal('');
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
  });
});
