import { expect } from 'chai';
import { edgeMonitoring } from '../../../templates/systems/financial-portal/edge-monitoring';
import { walkScript } from '../../../templates/modules/monitoring/canary-script';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { plain } from '../plain';
import { emitted, environmentNames, jsonIn, ofType, resolved, type EnvironmentName } from './built';

type Row = Readonly<Record<string, any>>;

const own = '111111111111';
const parameters = {
  DomainName: 'portal.example.com',
  DefaultKeyArn: `arn:aws:kms:us-east-1:${own}:key/default`,
  AlarmTopicArn: `arn:aws:sns:us-east-1:${own}:alarms`,
  DistributionId: 'E1',
  WebAclName: 'fin-edge',
  CertificateArn: `arn:aws:acm:us-east-1:${own}:certificate/1`,
  PrimaryHealthCheckId: 'check-primary',
  SecondaryHealthCheckId: 'check-secondary',
  PrimaryLoadBalancerFullName: 'app/primary/1',
  SecondaryLoadBalancerFullName: 'app/secondary/2',
};
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };

/** Asserts something of every environment's edge monitoring, which stands in us-east-1 only. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    requirement(ids, `${title}: ${environment}`, () => holds((type) => ofType(resolved(edgeMonitoring, 'us-east-1', environment, parameters), type), environment));
  }
}

const metricOf = ({ Namespace, MetricName, Dimensions }: Row): string => [Namespace, MetricName, ...(Dimensions as readonly Row[]).map(({ Name, Value }) => `${Name}=${String(plain(Value))}`)].join(' ');

/** All that decides when an alarm on one metric goes off. */
const decisive = (alarm: Row): unknown => [metricOf(alarm), alarm['Statistic'], alarm['ComparisonOperator'], alarm['Threshold'], alarm['Period'], alarm['EvaluationPeriods'], alarm['TreatMissingData']];

describe('Financial portal edge monitoring', () => {
  const fixed = [
    { id: 'Errors', what: 'requests that fail at CloudFront', is: ['AWS/CloudFront 5xxErrorRate DistributionId=E1 Region=Global', 'Average', 'GreaterThanThreshold', 1, 60, 5, 'notBreaching'] },
    { id: 'PrimaryHealth', what: 'a primary region that is out of DNS', is: ['AWS/Route53 HealthCheckStatus HealthCheckId=check-primary', 'Minimum', 'LessThanThreshold', 1, 60, 2, 'breaching'] },
    { id: 'SecondaryHealth', what: 'a secondary region that could not take over', is: ['AWS/Route53 HealthCheckStatus HealthCheckId=check-secondary', 'Minimum', 'LessThanThreshold', 1, 60, 2, 'breaching'] },
    { id: 'CertificateExpiry', what: 'a viewer certificate that was not renewed', is: [`AWS/CertificateManager DaysToExpiry CertificateArn=${parameters.CertificateArn}`, 'Minimum', 'LessThanOrEqualToThreshold', 45, 86_400, 1, 'notBreaching'] },
    { id: 'CanaryFails', what: 'a browser that cannot use the portal, or does not try', is: ['CloudWatchSynthetics SuccessPercent CanaryName=Canary', 'Average', 'LessThanThreshold', 100, 300, 2, 'breaching'] },
  ];
  for (const { minutes, times, share } of [{ minutes: 60, times: 14.4, share: 2 }, { minutes: 360, times: 6, share: 5 }]) {
    everywhere('FIN-01', `tells when ${share} % of the month’s error budget went within ${minutes} minutes`, (all, environment) => {
      expect(decisive(all('AWS::CloudWatch::Alarm')[`Budget${minutes}`])).to.deep.equal([
        `AWS/ApplicationSignals BurnRate SloName=fin-edge-availability-${shorts[environment]}-main BurnRateWindowMinutes=${minutes}`,
        'Maximum', 'GreaterThanThreshold', times, 60, 1, 'notBreaching',
      ]);
      expect((times * minutes) / (30 * 24 * 60)).to.equal(share / 100);
    });
  }

  for (const { id, what, is } of fixed) everywhere(id === 'CanaryFails' ? 'FIN-44 FIN-72' : 'FIN-44', `tells of ${what}`, (all) => expect(decisive(all('AWS::CloudWatch::Alarm')[id])).to.deep.equal(is));

  const learnt = [
    { id: 'ClientErrors', what: 'refusals at CloudFront', metric: 'AWS/CloudFront 4xxErrorRate DistributionId=E1 Region=Global', stat: 'Average' },
    { id: 'BlockedRequests', what: 'requests that the web ACL blocks', metric: 'AWS/WAFV2 BlockedRequests WebACL=fin-edge Rule=ALL', stat: 'Sum' },
  ];
  for (const { id, what, metric, stat } of learnt) {
    everywhere('FIN-44', `tells of more ${what} than usual`, (all) => {
      const { Metrics, ThresholdMetricId, ComparisonOperator, EvaluationPeriods, TreatMissingData } = all('AWS::CloudWatch::Alarm')[id];
      expect(metricOf(Metrics[0].MetricStat.Metric)).to.equal(metric);
      expect([Metrics[0].Id, Metrics[0].MetricStat.Stat, Metrics[0].MetricStat.Period, plain(Metrics[1])]).to.deep.equal(['actual', stat, 300, { Id: 'usual', ReturnData: true, Expression: 'ANOMALY_DETECTION_BAND(actual, 3)' }]);
      expect([ThresholdMetricId, ComparisonOperator, EvaluationPeriods, TreatMissingData]).to.deep.equal(['usual', 'GreaterThanUpperThreshold', 3, 'notBreaching']);
    });
  }

  everywhere('FIN-45', 'sends every alarm, and its end, to the topic of us-east-1', (all, environment) => {
    const alarms = Object.values(all('AWS::CloudWatch::Alarm'));
    const parts = ['canary-fails', 'certificate-expiry', 'edge-4xx', 'edge-5xx', 'edge-blocked', 'edge-budget-360', 'edge-budget-60', 'primary-region-health', 'secondary-region-health'];
    expect(alarms.map(({ AlarmName }) => AlarmName as string).sort()).to.deep.equal(parts.map((part) => `fin-${part}-${shorts[environment]}-main`));
    for (const { ActionsEnabled, AlarmActions, OKActions } of alarms) expect(plain([ActionsEnabled, AlarmActions, OKActions])).to.deep.equal([true, [parameters.AlarmTopicArn], [parameters.AlarmTopicArn]]);
    expect(textsIn(alarms, /"AlarmDescription":"[^"]{20,}?[:,.] [^"]{15,900}"/g)).to.have.length(parts.length);
  });

  everywhere('FIN-01', 'takes 99.95 % of the requests at CloudFront as the target, whichever region answers', (all, environment) => {
    const { Availability, ...others } = all('AWS::ApplicationSignals::ServiceLevelObjective');
    expect(others).to.deep.equal({});
    expect(plain([Availability.Name, Availability.BurnRateConfigurations, Availability.Goal])).to.deep.equal([
      `fin-edge-availability-${shorts[environment]}-main`,
      [{ LookBackWindowMinutes: 60 }, { LookBackWindowMinutes: 360 }],
      { AttainmentGoal: 99.95, WarningThreshold: 50, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
    ]);
    const stat = (MetricName: string, Stat: string) => ({ Period: 60, Stat, Metric: { Namespace: 'AWS/CloudFront', MetricName, Dimensions: [{ Name: 'DistributionId', Value: 'E1' }, { Name: 'Region', Value: 'Global' }] } });
    expect(plain(Availability.RequestBasedSli)).to.deep.equal({
      RequestBasedSliMetric: {
        TotalRequestCountMetric: [{ Id: 'total', ReturnData: true, MetricStat: stat('Requests', 'Sum') }],
        MonitoredRequestCountMetric: {
          BadCountMetric: [
            { Id: 'requests', ReturnData: false, MetricStat: stat('Requests', 'Sum') },
            { Id: 'percent', ReturnData: false, MetricStat: stat('5xxErrorRate', 'Average') },
            { Id: 'bad', ReturnData: true, Expression: 'requests * percent / 100' },
          ],
        },
      },
    });
  });

  everywhere('FIN-72', 'visits the portal through CloudFront every five minutes in a browser: the home page, and the path that needs API and database', (all, environment) => {
    const { Canary, ...others } = all('AWS::Synthetics::Canary');
    expect(others).to.deep.equal({});
    const { Name, RuntimeVersion, Schedule, RunConfig, Code, StartCanaryAfterCreation } = Canary;
    expect(plain([Name, RuntimeVersion, Schedule, StartCanaryAfterCreation])).to.deep.equal([`fin-canary-${shorts[environment]}-main`, 'syn-nodejs-puppeteer-16.1', { Expression: 'rate(5 minutes)' }, true]);
    expect(plain(RunConfig)).to.deep.equal({ TimeoutInSeconds: 60, MemoryInMB: 1024, EnvironmentVariables: { SITE: 'https://portal.example.com', PATHS: '/,/health/deep' } });
    expect(plain(Code)).to.deep.equal({ Handler: 'index.handler', Script: walkScript });
  });

  everywhere('FIN-50 FIN-55 FIN-72', 'keeps what the canary saw in a private bucket and a log, both under the region’s key', (all, environment) => {
    const { CanaryArtifacts } = all('AWS::S3::Bucket');
    const { Canary } = all('AWS::Synthetics::Canary');
    const short = shorts[environment];
    expect(plain([CanaryArtifacts.BucketName, CanaryArtifacts.PublicAccessBlockConfiguration, CanaryArtifacts.BucketEncryption])).to.deep.equal([
      `fin-canary-${short}-main-${own}-us-east-1`,
      { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: parameters.DefaultKeyArn } }] },
    ]);
    expect(plain(Canary.ArtifactConfig)).to.deep.equal({ S3Encryption: { EncryptionMode: 'SSE_KMS', KmsKeyArn: parameters.DefaultKeyArn } });
    const logs = all('AWS::Logs::LogGroup');
    const retention = environment === 'production' ? 400 : 14;
    expect(plain(Object.fromEntries(Object.entries(logs).map(([id, { RetentionInDays, KmsKeyId }]) => [id, [RetentionInDays, KmsKeyId]])))).to.deep.equal({ CanaryLog: [retention, parameters.DefaultKeyArn], EmptyLog: [retention, parameters.DefaultKeyArn] });
  });

  for (const environment of environmentNames) {
    requirement('FIN-60 FIN-72', `leaves nothing of the canary: its function goes with it, the bucket is emptied after it, its log can be made by the stack only: ${environment}`, () => {
      const { Resources = {} } = emitted(edgeMonitoring, environment);
      expect(Resources['Canary']?.Properties?.['ProvisionedResourceCleanup']).to.equal('AUTOMATIC');
      expect(Resources['Canary']?.DependsOn).to.deep.equal(['CanaryArtifactsEmptied', 'CanaryArtifactsPolicy']);
      expect(Resources['CanaryArtifactsEmptied']?.Properties?.['BucketName']).to.deep.equal({ Ref: 'CanaryArtifacts' });
      expect(Resources['CanaryLog']?.Properties?.['LogGroupName']).to.deep.equal({ 'Fn::Sub': ['/aws/lambda/cwsyn-${Canary}-${Id}', { Canary: { Ref: 'Canary' }, Id: { 'Fn::GetAtt': ['Canary', 'Id'] } }] });
      for (const id of ['CanaryArtifacts', 'CanaryLog']) expect(Resources[id]?.DeletionPolicy).to.equal('Delete');
    });
  }

  everywhere('FIN-49 FIN-72', 'lets the canary write its artifacts, its log and its metrics, and do nothing else', (all, environment) => {
    const allow = (Action: readonly string[], Resource: readonly string[], Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });
    const { CanaryRole } = all('AWS::IAM::Role');
    expect(plain(CanaryRole.Policies)).to.deep.equal([
      {
        PolicyName: 'own',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            allow(['s3:PutObject', 's3:GetObject'], [{ 'Fn::Join': ['', ['CanaryArtifacts.Arn', '/*']] } as unknown as string]),
            allow(['s3:GetBucketLocation'], ['CanaryArtifacts.Arn']),
            allow(['s3:ListAllMyBuckets'], ['*']),
            allow(['kms:Decrypt', 'kms:GenerateDataKey'], [parameters.DefaultKeyArn], { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }),
            allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [`arn:aws:logs:us-east-1:${own}:log-group:/aws/lambda/cwsyn-fin-canary-${shorts[environment]}-main-*`]),
            allow(['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } }),
          ],
        },
      },
    ]);
  });

  everywhere('FIN-43', 'shows both regions side by side on one dashboard, with CloudFront, the web ACL and the health of each', (all, environment) => {
    const boards = all('AWS::CloudWatch::Dashboard');
    expect(Object.keys(boards)).to.deep.equal(['Dashboard']);
    expect(boards['Dashboard'].DashboardName).to.equal(`fin-regions-${shorts[environment]}-main-us-east-1`);
    const { widgets } = jsonIn(boards['Dashboard'], 'DashboardBody') as { widgets: readonly Row[] };
    const regional = ['Requests in *', 'Seconds to answer in *', 'CPU in *, %', 'Database connections in *', 'Errors of the load balancer in *', 'Seconds of the slowest in *', 'Memory in *, %', 'Tasks in *', 'Database capacity in *, ACU', 'Database capacity used in *, %', 'Replication lag in *, ms'];
    const pair = ['ap-southeast-1', 'us-east-1'];
    expect(widgets.map(({ x, properties }) => [x, properties.title, properties.region])).to.deep.equal([
      [0, 'Requests at the edge', 'us-east-1'],
      [12, 'Errors at the edge, %', 'us-east-1'],
      [0, 'Health of ap-southeast-1', 'us-east-1'],
      [12, 'Health of us-east-1', 'us-east-1'],
      ...regional.flatMap((title) => pair.map((region, column) => [column * 12, title.replace('*', region), region])),
      [0, 'Visits of the canary, %', 'us-east-1'],
    ]);
    const edge = (name: string, label: string) => ['AWS/CloudFront', name, 'DistributionId', 'E1', 'Region', 'Global', { label }];
    const health = (check: string) => [['AWS/Route53', 'HealthCheckStatus', 'HealthCheckId', check, { label: 'healthy' }]];
    expect(plain(widgets.slice(0, 4).map(({ properties }) => properties.metrics as unknown))).to.deep.equal([
      [edge('Requests', 'all'), ['AWS/WAFV2', 'BlockedRequests', 'WebACL', 'fin-edge', 'Rule', 'ALL', { label: 'blocked' }]],
      [edge('5xxErrorRate', '5xx'), edge('4xxErrorRate', '4xx')],
      health('check-primary'),
      health('check-secondary'),
    ]);
    expect(plain(widgets.slice(4, 6).map(({ properties }) => properties.metrics as unknown))).to.deep.equal(
      ['app/primary/1', 'app/secondary/2'].map((alb) => [['AWS/ApplicationELB', 'RequestCount', 'LoadBalancer', alb, { label: 'requests' }], ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'LoadBalancer', alb, { label: 'errors' }]]),
    );
  });
});
