import { expect } from 'chai';
import { LocalAwsControl } from '../../src/local-aws';
import { att, AWAY, HOME, output, Rehearsal, ref, type Template } from './rehearsal';

const of = (service: string, region: string, resource: string): string => `arn:aws:${service}:${region}:111111111111:${resource}`;
const ROLE = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
const ZONE = { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'a.example' } };
const record = (properties: object) => ({ Type: 'AWS::Route53::RecordSet', Properties: { HostedZoneId: ref('Zone'), Name: 'origin.a.example', Type: 'A', TTL: '60', ResourceRecords: ['192.0.2.1'], ...properties } });
const records = (first: object, second?: object): Template['Resources'] => ({ Zone: ZONE, First: record(first), ...(second && { Second: { ...record(second), DependsOn: 'First' } }) });
const check = (HealthCheckConfig: object): Template['Resources'] => ({ Check: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig } } });
const plan = (steps: object[], properties: object = {}): Template['Resources'] => ({
  Role: ROLE,
  Plan: {
    Type: 'AWS::ARCRegionSwitch::Plan',
    Properties: { Name: 'switch', ExecutionRole: att('Role', 'Arn'), RecoveryApproach: 'activePassive', PrimaryRegion: HOME, Regions: [HOME, AWAY], Workflows: [{ WorkflowTargetAction: 'activate', WorkflowTargetRegion: AWAY, Steps: steps }], ...properties },
  },
});
const databases = (...regions: string[]) => ({ Name: 'database', ExecutionBlockType: 'AuroraGlobalDatabase', ExecutionBlockConfiguration: { GlobalAuroraConfig: { Behavior: 'switchoverOnly', GlobalClusterIdentifier: 'world', DatabaseClusterArns: regions.map((region) => of('rds', region, 'cluster:aurora')) } } });
const services = (...regions: string[]) => ({ Name: 'services', ExecutionBlockType: 'ECSServiceScaling', ExecutionBlockConfiguration: { EcsCapacityIncreaseConfig: { Services: regions.map((region) => ({ ClusterArn: of('ecs', region, 'cluster/c'), ServiceArn: of('ecs', region, 'service/c/web') })) } } });
const pods = (clusters: string[], regions: string[]) => ({ Name: 'pods', ExecutionBlockType: 'EKSResourceScaling', ExecutionBlockConfiguration: { EksResourceScalingConfig: { KubernetesResourceType: { ApiVersion: 'apps/v1', Kind: 'Deployment' }, EksClusters: clusters.map((region) => ({ ClusterArn: of('eks', region, 'cluster/c') })), ScalingResources: [{ api: Object.fromEntries(regions.map((region) => [region, { Namespace: 'shop', Name: 'api', HpaName: 'api' }])) }] } } });
const replicas = (...regions: string[]) => ({ Name: 'replicas', ExecutionBlockType: 'RdsPromoteReadReplica', ExecutionBlockConfiguration: { RdsPromoteReadReplicaConfig: { DbInstanceArnMap: Object.fromEntries(regions.map((region) => [region, of('rds', region, 'db:one')])) } } });
const parallel = (...Steps: object[]) => ({ Name: 'together', ExecutionBlockType: 'Parallel', ExecutionBlockConfiguration: { ParallelConfig: { Steps } } });
const trigger = (alarm: string, TargetRegion: string = AWAY) => ({
  AssociatedAlarms: { errors: { AlarmType: 'trigger', ResourceIdentifier: of('cloudwatch', HOME, 'alarm:errors') } },
  Triggers: [{ Action: 'activate', TargetRegion, MinDelayMinutesBetweenExecutions: 30, Conditions: [{ AssociatedAlarmName: alarm, Condition: 'red' }] }],
});
const canary = (properties: object): Template['Resources'] => ({
  Role: ROLE,
  Canary: { Type: 'AWS::Synthetics::Canary', Properties: { Name: 'visitor', ArtifactS3Location: 's3://nowhere/visits', ExecutionRoleArn: att('Role', 'Arn'), RuntimeVersion: 'syn-nodejs-puppeteer-10.0', Schedule: { Expression: 'rate(5 minutes)' }, Code: { Handler: 'index.handler', Script: 'x' }, ...properties } },
});
const experiment = (properties: object): Template['Resources'] => ({
  Role: ROLE,
  Experiment: { Type: 'AWS::FIS::ExperimentTemplate', Properties: { Description: 'x', RoleArn: att('Role', 'Arn'), StopConditions: [{ Source: 'none' }], Targets: {}, Tags: {}, ...properties } },
});
const NETWORK: Template['Resources'] = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' } },
  Target: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP' } },
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: [ref('Subnet')] } },
  Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn: ref('Balancer'), Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Target') }] } },
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Name: 'web', Image: 'web' }] } },
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'c' } },
  Service: { Type: 'AWS::ECS::Service', DependsOn: 'Listener', Properties: { ServiceName: 'web', Cluster: ref('Cluster'), TaskDefinition: ref('Task'), LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: ref('Target') }] } },
};
const scaling = (target: object = {}, ResourceLabel: unknown = { 'Fn::Join': ['/', [att('Balancer', 'LoadBalancerFullName'), att('Target', 'TargetGroupFullName')]] }): Template['Resources'] => ({
  ...NETWORK,
  Scaled: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', DependsOn: 'Service', Properties: { MinCapacity: 3, MaxCapacity: 9, ResourceId: 'service/c/web', ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: 'ecs', ...target } },
  Requests: { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties: { PolicyName: 'requests', PolicyType: 'TargetTrackingScaling', ScalingTargetId: ref('Scaled'), TargetTrackingScalingPolicyConfiguration: { TargetValue: 100, PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel } } } },
});
const opening = (Timezone: string) => ({ ScheduledActions: [{ ScheduledActionName: 'open', Schedule: 'cron(30 8 ? * MON-FRI *)', Timezone, ScalableTargetAction: { MinCapacity: 6 } }] });
const BASIC = { Type: 'HTTPS', FullyQualifiedDomainName: 'a.example' };

const ACCEPTED: [string, Template['Resources']][] = [
  ['a primary and a secondary record', records({ Failover: 'PRIMARY', SetIdentifier: 'one' }, { Failover: 'SECONDARY', SetIdentifier: 'two' })],
  ['failover records of two types', records({ Failover: 'PRIMARY', SetIdentifier: 'one' }, { Failover: 'PRIMARY', SetIdentifier: 'one', Type: 'AAAA', ResourceRecords: ['2001:db8::1'] })],
  ['a check calculated from an endpoint and an alarm', { First: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: { ...BASIC, RequestInterval: 10 } } }, Second: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig: { Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: 'errors', Region: HOME } } } }, ...check({ Type: 'CALCULATED', ChildHealthChecks: [ref('First'), ref('Second')], HealthThreshold: 2 }) }],
  ['a plan of parallel steps with a trigger', plan([parallel(databases(HOME, AWAY), services(AWAY, HOME), replicas(HOME, AWAY), pods([HOME, AWAY], [AWAY, HOME]))], trigger('errors'))],
  ['a canary', { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'visits' } }, ...canary({ ArtifactS3Location: { 'Fn::Sub': 's3://${Bucket}/a' } }) }],
  ['an experiment that an alarm stops', { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'errors', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, MetricName: 'm', Namespace: 'n', Period: 60, Statistic: 'Sum', Threshold: 1 } }, ...experiment({ StopConditions: [{ Source: 'aws:cloudwatch:alarm', Value: att('Alarm', 'Arn') }] }) }],
  ['scaling on requests and on hours', scaling(opening('Asia/Singapore'))],
];

const REFUSED: [what: string, resources: Template['Resources'], reason: string][] = [
  ['two primary records', records({ Failover: 'PRIMARY', SetIdentifier: 'one' }, { Failover: 'PRIMARY', SetIdentifier: 'two' }), 'SetIdentifier two cannot be created because a primary failover record exists with the same name and type.'],
  ['two failover records of one identifier', records({ Failover: 'PRIMARY', SetIdentifier: 'one' }, { Failover: 'SECONDARY', SetIdentifier: 'one' }), 'already exists'],
  ['a failover record without an identifier', records({ Failover: 'PRIMARY' }), "Missing field 'SetIdentifier'"],
  ['a failover record beside a simple one', records({}, { Failover: 'SECONDARY', SetIdentifier: 'two' }), 'because a record of another routing policy exists with the same name and type.'],
  ['a weighted record beside a failover record', records({ Failover: 'PRIMARY', SetIdentifier: 'one' }, { Weight: 1, SetIdentifier: 'two' }), 'because a record of another routing policy exists with the same name and type.'],
  ['a record outside its zone', records({ Name: 'not-a.example' }), 'RRSet with DNS name not-a.example. is not permitted in zone a.example.'],
  ['a check of an endpoint without a name', check({ Type: 'HTTPS', ResourcePath: '/deep' }), 'Either FullyQualifiedDomainName or IPAddress must be specified.'],
  ['a check every 15 seconds', check({ ...BASIC, RequestInterval: 15 }), 'Request interval must be 10 or 30, not 15.'],
  ['a check of an endpoint by an alarm', check({ ...BASIC, AlarmIdentifier: { Name: 'errors', Region: HOME } }), 'Basic health checks must not have an metric region specified.'],
  ['a check by an alarm without the alarm', check({ Type: 'CLOUDWATCH_METRIC' }), 'CLOUDWATCH_METRIC health checks must have AlarmIdentifier specified.'],
  ['a calculated check without others', check({ Type: 'CALCULATED', HealthThreshold: 1 }), 'CALCULATED health checks must have ChildHealthChecks specified.'],
  ['a check calculated from a missing one', check({ Type: 'CALCULATED', ChildHealthChecks: ['gone'], HealthThreshold: 1 }), 'No health check exists with the specified ID gone.'],
  ['a plan whose primary region is another', plan([databases(HOME, AWAY)], { PrimaryRegion: 'eu-west-1' }), 'The primary region eu-west-1 is not one of the regions of the plan'],
  ['a plan that activates another region', plan([], { Workflows: [{ WorkflowTargetAction: 'activate', WorkflowTargetRegion: 'eu-west-1' }] }), "The workflow's target region eu-west-1 is not one of the regions of the plan"],
  ['a plan with one cluster of a global database', plan([databases(HOME)]), 'in DatabaseClusterArns, and names us-east-1'],
  ['a plan with services of one region', plan([services(HOME, HOME)]), 'in Services, and names us-east-1, us-east-1'],
  ['a plan with one service', plan([services(HOME)]), 'Properties validation failed for resource Plan'],
  ['a plan with pods of one region', plan([pods([HOME, AWAY], [HOME])]), 'in ScalingResources api, and names us-east-1'],
  ['a plan with one cluster twice', plan([pods([HOME, HOME], [HOME, AWAY])]), 'in EksClusters, and names us-east-1, us-east-1'],
  ['a plan with a replica in another region', plan([parallel(replicas(HOME, 'eu-west-1'))]), 'in DbInstanceArnMap, and names us-east-1, eu-west-1'],
  ['a plan with parallel steps in parallel steps', plan([parallel(parallel(databases(HOME, AWAY)))]), 'Step together is a parallel execution block inside a parallel execution block'],
  ['a plan triggered by an alarm it does not have', plan([databases(HOME, AWAY)], trigger('others')), 'The trigger names the alarm others, which is not among the associated alarms of the plan'],
  ['a plan triggered for another region', plan([databases(HOME, AWAY)], trigger('errors', 'eu-west-1')), "The trigger's target region eu-west-1 is not one of the regions of the plan"],
  ['a plan of a missing role', plan([databases(HOME, AWAY)], { ExecutionRole: 'arn:aws:iam::111111111111:role/gone' }), 'The role arn:aws:iam::111111111111:role/gone does not exist or cannot be assumed'],
  ['a canary without its bucket', canary({}), 'The S3 bucket nowhere of the artifact location does not exist'],
  ['a canary of a missing role', canary({ ExecutionRoleArn: 'arn:aws:iam::111111111111:role/gone' }), 'The role arn:aws:iam::111111111111:role/gone does not exist'],
  ['an experiment of a missing role', experiment({ RoleArn: 'arn:aws:iam::111111111111:role/gone' }), 'The role arn:aws:iam::111111111111:role/gone does not exist'],
  ['an experiment that a missing alarm stops', experiment({ StopConditions: [{ Source: 'aws:cloudwatch:alarm', Value: of('cloudwatch', HOME, 'alarm:gone') }] }), 'alarm:gone of a stop condition does not exist'],
  ['scaling of a missing service', scaling({ ResourceId: 'service/c/gone' }), "ECS service doesn't exist: service/c/gone"],
  ['scaling to more than the most', scaling({ MinCapacity: 10 }), 'Minimum capacity cannot be greater than maximum capacity'],
  ['scaling by hours of no place', scaling(opening('Asia/Nowhere')), 'The timezone Asia/Nowhere is not valid'],
  ['scaling on requests of a missing load balancer', scaling({}, 'app/gone/1/targetgroup/gone/1'), 'The resource label app/gone/1/targetgroup/gone/1 does not name a target group and its load balancer'],
  ['a permission for a missing function', { Allowed: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'gone', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' } } }, 'Function not found: gone'],
];

describe('what keeps a system ready', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  afterEach(() => new LocalAwsControl(aws.local.endpoint).reset());
  after(() => aws.close());

  for (const [what, Resources] of ACCEPTED) {
    it(`may be ${what}`, async () => {
      const stack = await aws.create({ Resources });
      expect(stack.status, stack.reasons).to.equal('CREATE_COMPLETE');
      expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
    });
  }

  for (const [what, Resources, reason] of REFUSED) {
    it(`may not be ${what}`, async () => {
      const stack = await aws.create({ Resources });
      expect(stack.status).to.equal('ROLLBACK_COMPLETE');
      expect(stack.reasons).to.contain(reason);
    });
  }

  it('may lose a health check that records and other checks still use, as in Route 53', async () => {
    const child = await aws.create({ Resources: check(BASIC), Outputs: { Id: output(ref('Check')) } });
    const id = child.outputs['Id'];
    const user = await aws.create({ Resources: { ...records({ Failover: 'PRIMARY', SetIdentifier: 'one', HealthCheckId: id }), ...check({ Type: 'CALCULATED', ChildHealthChecks: [id], HealthThreshold: 1 }) } });
    expect(user.reasons).to.equal('');
    expect((await aws.remove(child)).status).to.equal('DELETE_COMPLETE');
  });

  it('describes a health check with its children, its checkers\' regions and its switches', async () => {
    await aws.create({ Resources: check({ ...BASIC, EnableSNI: true, Regions: ['us-east-1', 'eu-west-1', 'sa-east-1'] }) });
    const described = await aws.rest('route53', '/2013-04-01/healthcheck');
    expect(described).to.contain('<EnableSNI>true</EnableSNI>').and.contain('<Region>us-east-1</Region><Region>eu-west-1</Region><Region>sa-east-1</Region>');
  });
});
