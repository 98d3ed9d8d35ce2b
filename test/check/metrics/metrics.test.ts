import { expect } from 'chai';
import type { Finding } from '../../../src/check';
import { Shop, type Deployments } from '../shop';

type Properties = Readonly<Record<string, unknown>>;

const dimension = (Name: string, Value: unknown) => ({ Name, Value });

/** An alarm on the dead letters of the shop's queue, with what a case changes. */
const alarm = (change: Properties = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Dimensions: [dimension('QueueName', { 'Fn::GetAtt': ['Orders', 'QueueName'] })], Statistic: 'Maximum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold', ...change },
});

/** What every case can name: a queue, a service, a load balancer, a database, health checks, a web ACL, counted log events. */
const standing = {
  Orders: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'orders-${AWS::AccountId}' } } },
  Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'shop' } },
  Service: { Type: 'AWS::ECS::Service', Properties: { Cluster: { Ref: 'Cluster' }, ServiceName: 'frontend' } },
  LoadBalancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
  TargetGroup: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {} },
  Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: {} },
  Health: { Type: 'AWS::Route53::HealthCheck', Properties: {} },
  Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { VisibilityConfig: { MetricName: 'edge' }, Rules: [{ VisibilityConfig: { MetricName: 'rate' } }] } },
  Errors: { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations: [{ MetricNamespace: 'shop/logs', MetricName: 'ErrorEvents', MetricValue: '1', Dimensions: [{ Key: 'Level', Value: '$.level' }] }] } },
};

const service = (cluster: unknown, name: unknown) => ({ Namespace: 'AWS/ECS', MetricName: 'CPUUtilization', Dimensions: [dimension('ClusterName', cluster), dimension('ServiceName', name)] });

const dashboard = (region: unknown, ...metrics: readonly unknown[]) => ({
  Type: 'AWS::CloudWatch::Dashboard',
  Properties: {
    DashboardBody: {
      'Fn::Sub': [
        JSON.stringify({ widgets: [{ type: 'text', properties: {} }, { type: 'metric', properties: { title: 'Load', region, metrics } }] }),
        { Queue: { 'Fn::GetAtt': ['Orders', 'QueueName'] }, QueueUrl: { Ref: 'Orders' }, LoadBalancer: { 'Fn::GetAtt': ['LoadBalancer', 'LoadBalancerFullName'] } },
      ],
    },
  },
});

describe('metrics', () => {
  let shop: Shop;
  beforeEach(() => (shop = new Shop()));
  afterEach(() => shop.remove());

  const findingsIn = async (deployments: Deployments, regions = ['us-east-1']): Promise<readonly Finding[]> => (await shop.build(deployments, { regions }).check({ steps: ['metrics'] })).findings;
  const rulesOf = async (resource: object, regions?: string[]) => (await findingsIn({ platform: { root: { Resources: { ...standing, Tested: resource } } } }, regions)).map(({ rule }) => rule);

  describe('that exist', () => {
    for (const { name, resource } of [
      { name: 'by an attribute of a resource', resource: alarm() },
      { name: 'by the name that a property fixes, even one that only deployment completes', resource: alarm({ Dimensions: [dimension('QueueName', { 'Fn::Sub': 'orders-${AWS::AccountId}' })] }) },
      { name: 'by Ref and attribute of cluster and service', resource: alarm(service({ Ref: 'Cluster' }, { 'Fn::GetAtt': ['Service', 'Name'] })) },
      { name: 'by agreed names of cluster and service', resource: alarm(service('shop', 'frontend')) },
      { name: 'with a value that is always the same', resource: alarm({ Namespace: 'AWS/WAFV2', MetricName: 'BlockedRequests', Dimensions: [dimension('WebACL', 'edge'), dimension('Rule', 'ALL')] }) },
      { name: 'by the metric name of a rule', resource: alarm({ Namespace: 'AWS/WAFV2', MetricName: 'BlockedRequests', Dimensions: [dimension('WebACL', 'edge'), dimension('Rule', 'rate')] }) },
      { name: 'because a metric filter of the system writes them', resource: alarm({ Namespace: 'shop/logs', MetricName: 'ErrorEvents', Dimensions: [dimension('Level', 'error')] }) },
      { name: 'as part of metric mathematics', resource: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Id: 'm', MetricStat: { Metric: service('shop', 'frontend'), Stat: 'Sum', Period: 60 } }, { Id: 'e', Expression: 'm * 2' }] } } },
      { name: 'on a graph, shortened and with a setting', resource: dashboard('us-east-1', ['AWS/SQS', 'NumberOfMessagesSent', 'QueueName', '${Queue}', { label: 'sent' }], ['.', 'NumberOfMessagesReceived', '.', '.'], ['...']) },
    ]) {
      it(`are found ${name}`, async () => {
        expect(await rulesOf(resource)).to.deep.equal([]);
      });
    }

    it('are taken for published in a namespace that a role of the region may publish to, and in no other', async () => {
      const publisher = { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['cloudwatch:PutMetricData'], Resource: ['*'], Condition: { StringEquals: { 'cloudwatch:namespace': 'Shop/app' } } }] } }] } };
      const root = { Resources: { Publisher: publisher, Own: alarm({ Namespace: 'Shop/app', MetricName: 'Orders', Dimensions: [] }), Other: alarm({ Namespace: 'Shop/web', MetricName: 'Orders', Dimensions: [] }) } };
      expect((await findingsIn({ platform: { root } })).map(({ rule, where }) => [rule, where.logicalId])).to.deep.equal([['metric-namespace', 'Other']]);
    });

    it('are found in the region of a table’s replica, which has the table’s name', async () => {
      const table = { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'carts', Replicas: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }], GlobalSecondaryIndexes: [{ IndexName: 'byUser' }] } };
      const throttled = (region: string, index: string) => dashboard(region, ['AWS/DynamoDB', 'ReadThrottleEvents', 'TableName', 'carts', 'GlobalSecondaryIndexName', index]);
      const root = { Resources: { Table: table, Own: throttled('us-east-1', 'byUser'), Replica: throttled('eu-west-1', 'byUser'), Elsewhere: throttled('ap-southeast-1', 'byUser'), Unknown: throttled('us-east-1', 'byDay') } };
      const found = await findingsIn({ platform: { root } });
      expect([...new Set(found.map(({ rule, where }) => `${rule} ${where.logicalId}`))].sort()).to.deep.equal(['metric-dimension-value Elsewhere', 'metric-dimension-value Unknown']);
    });

    it('are found through outputs, nested stacks and wires, in another deployment', async () => {
      const deployments = {
        platform: {
          root: { Resources: { Data: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './data.json' } }, Wire: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/shop/queue', Type: 'String', Value: { 'Fn::GetAtt': ['Data', 'Outputs.Queue'] } } } } },
          data: { Resources: { Orders: standing.Orders }, Outputs: { Queue: { Value: { 'Fn::GetAtt': ['Orders', 'QueueName'] } } } },
        },
        edge: { root: { Parameters: { Queue: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/queue' } }, Resources: { Tested: alarm({ Dimensions: [dimension('QueueName', { Ref: 'Queue' })] }) } } },
      };
      expect(await findingsIn(deployments)).to.deep.equal([]);
    });

    it('are not judged where only deployment knows the value', async () => {
      const root = { Parameters: { Queue: { Type: 'String' } }, Resources: { Tested: alarm({ Dimensions: [dimension('QueueName', { Ref: 'Queue' })] }) } };
      expect(await findingsIn({ platform: { root } })).to.deep.equal([]);
    });
  });

  describe('that do not exist', () => {
    for (const { name, resource, rule } of [
      { name: 'for their namespace', resource: alarm({ Namespace: 'AWS/Sqs' }), rule: 'metric-namespace' },
      { name: 'for a namespace that nobody writes', resource: alarm({ Namespace: 'shop/metrics' }), rule: 'metric-namespace' },
      { name: 'for their name', resource: alarm({ MetricName: 'ApproximateNumberOfMessagesVisable' }), rule: 'metric-name' },
      { name: 'for a name that no metric filter writes', resource: alarm({ Namespace: 'shop/logs', MetricName: 'Errors', Dimensions: [] }), rule: 'metric-name' },
      { name: 'without the dimensions of their metric filter', resource: alarm({ Namespace: 'shop/logs', MetricName: 'ErrorEvents', Dimensions: [] }), rule: 'metric-dimensions' },
      { name: 'for a dimension that is missing', resource: alarm({ Namespace: 'AWS/ApplicationELB', MetricName: 'UnHealthyHostCount', Dimensions: [dimension('TargetGroup', { 'Fn::GetAtt': ['TargetGroup', 'TargetGroupFullName'] })] }), rule: 'metric-dimensions' },
      { name: 'for a dimension too many', resource: alarm({ Dimensions: [dimension('QueueName', { 'Fn::GetAtt': ['Orders', 'QueueName'] }), dimension('Stage', 'live')] }), rule: 'metric-dimensions' },
      { name: 'for the wrong attribute', resource: alarm({ Dimensions: [dimension('QueueName', { Ref: 'Orders' })] }), rule: 'metric-dimension-value' },
      { name: 'for the wrong resource', resource: alarm({ Dimensions: [dimension('QueueName', { Ref: 'Cluster' })] }), rule: 'metric-dimension-value' },
      { name: 'for a name that no resource has', resource: alarm(service('shop', 'backend')), rule: 'metric-dimension-value' },
      { name: 'for a service that is given by its ARN', resource: alarm(service({ Ref: 'Cluster' }, { Ref: 'Service' })), rule: 'metric-dimension-value' },
      { name: 'for a word that is never published', resource: alarm({ Namespace: 'AWS/CloudFront', MetricName: 'Requests', Dimensions: [dimension('DistributionId', { Ref: 'Distribution' }), dimension('Region', 'us-east-1')] }), rule: 'metric-dimension-value' },
      { name: 'on a graph', resource: dashboard('us-east-1', ['AWS/SQS', 'NumberOfMessagesSent', 'QueueName', '${QueueUrl}']), rule: 'metric-dimension-value' },
      { name: 'on a graph that is no JSON', resource: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{"widgets": [' } }, rule: 'metric-body' },
      { name: 'in an objective', resource: { Type: 'AWS::ApplicationSignals::ServiceLevelObjective', Properties: { RequestBasedSli: { RequestBasedSliMetric: { TotalRequestCountMetric: [{ Id: 'a', MetricStat: { Stat: 'Sum', Period: 60, Metric: service('shop', 'backend') } }] } } } }, rule: 'metric-dimension-value' },
      { name: 'in an anomaly detector', resource: { Type: 'AWS::CloudWatch::AnomalyDetector', Properties: { Stat: 'Sum', ...service('shop', 'backend') } }, rule: 'metric-dimension-value' },
      { name: 'in a scaling policy', resource: { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties: { TargetTrackingScalingPolicyConfiguration: { TargetValue: 1, CustomizedMetricSpecification: { ...service('shop', 'frontend'), MetricName: 'CpuUtilization' } } } }, rule: 'metric-name' },
    ]) {
      it(`are found out ${name}`, async () => {
        expect(await rulesOf(resource)).to.deep.equal([rule]);
      });
    }

    it('are found out beside a metric filter of which nothing is in order', async () => {
      const broken = { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations: [null, 'x', { MetricNamespace: 'shop/logs', MetricName: 'ErrorEvents', Dimensions: [null] }] } };
      const root = { Resources: { ...standing, Broken: broken, Tested: alarm({ Namespace: 'shop/logs', MetricName: 'Errors', Dimensions: [] }) } };
      expect((await findingsIn({ platform: { root } })).map(({ rule }) => rule)).to.deep.equal(['metric-name']);
    });

    it('are found out in a region that does not have them', async () => {
      const health = alarm({ Namespace: 'AWS/Route53', MetricName: 'HealthCheckStatus', Dimensions: [dimension('HealthCheckId', { Ref: 'Health' })] });
      expect(await rulesOf(health)).to.deep.equal([]);
      expect(await rulesOf(health, ['ap-southeast-1'])).to.deep.equal(['metric-region']);
      expect(await rulesOf(dashboard('ap-southeast-1', ['AWS/ApplicationELB', 'RequestCount', 'LoadBalancer', '${LoadBalancer}']))).to.deep.equal(['metric-region']);
      expect(await rulesOf(dashboard('ap-southeast-1', ['AWS/SQS', 'NumberOfMessagesSent', 'QueueName', '${Queue}']))).to.deep.equal(['metric-dimension-value']);
    });
  });

  it('that do not exist are told with the line, what is written, what to write, and the AWS page', async () => {
    const [finding] = await findingsIn({ platform: { root: { Resources: { ...standing, Tested: alarm({ MetricName: 'ApproximateNumberOfMessagesVisable' }) } } } });
    expect(finding).to.deep.include({
      source: 'metrics',
      severity: 'HIGH',
      what: 'AWS/SQS has no metric ApproximateNumberOfMessagesVisable',
      now: 'AWS/SQS ApproximateNumberOfMessagesVisable',
      path: 'Resources/Tested/Properties/MetricName',
      page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
    });
    expect(finding?.fix).to.match(/^Write ApproximateNumberOfMessagesVisible, or add it to src\/check\/metrics\/known-metrics/);
    expect(finding?.where).to.deep.include({ logicalId: 'Tested', regions: ['us-east-1'], source: 'templates/systems/shop/root.ts:19' });
  });

  it('that a name misses are told with the names that there are', async () => {
    const [finding] = await findingsIn({ platform: { root: { Resources: { ...standing, Tested: alarm(service('shop', 'backend')) } } } });
    expect(finding?.what).to.equal('ServiceName names nothing that the system has in us-east-1');
    expect(finding?.fix).to.equal('Write GetAtt Name of an AWS::ECS::Service; us-east-1 has frontend');
  });
});
