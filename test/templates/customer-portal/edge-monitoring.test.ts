import { expect } from 'chai';
import { edgeMonitoring } from '../../../templates/systems/customer-portal/edge-monitoring';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { above, decisive, learnt, unusual } from '../alarm-terms';
import { plain } from '../plain';
import { bothRegions, environmentNames, jsonIn, ofType, resolved, type EnvironmentName } from './built';

type Row = Readonly<Record<string, any>>;

const own = '111111111111';
const parameters = {
  AlarmTopicArn: `arn:aws:sns:us-east-1:${own}:alarms`,
  DistributionId: 'E1',
  WebAclName: 'cus-edge',
  CertificateArn: `arn:aws:acm:us-east-1:${own}:certificate/1`,
  PrimaryHealthCheckId: 'check-primary',
  SecondaryHealthCheckId: 'check-secondary',
  PrimaryLoadBalancerFullName: 'app/primary/1',
  SecondaryLoadBalancerFullName: 'app/secondary/2',
};
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };
const loadBalancers = { 'us-east-1': 'app/primary/1', 'ap-southeast-1': 'app/secondary/2' } as const;

/** Asserts something of every environment's edge monitoring, which stands in us-east-1 only. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    requirement(ids, `${title}: ${environment}`, () => holds((type) => ofType(resolved(edgeMonitoring, 'us-east-1', environment, parameters), type), environment));
  }
}

const below = (metric: string, dimensions: Row, operator: string, threshold: number, periods: readonly unknown[]) => ({ metric, dimensions, over: ['Minimum', undefined, undefined, operator, threshold], periods });

describe('Customer portal edge monitoring', () => {
  const ofDistribution = { DistributionId: 'E1', Region: 'Global' };

  everywhere('CUS-59', 'tells of requests that fail at CloudFront', (all) => {
    expect(decisive(all('AWS::CloudWatch::Alarm')['Errors'])).to.deep.equal(above('AWS/CloudFront 5xxErrorRate', ofDistribution, 'Average', 1, 5));
  });

  everywhere('CUS-59', 'tells of more requests than usual that are refused at CloudFront or blocked by the web ACL', (all) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(learnt(alarms['ClientErrors'])).to.deep.equal(unusual('AWS/CloudFront 4xxErrorRate DistributionId=E1 Region=Global Average'));
    expect(learnt(alarms['BlockedRequests'])).to.deep.equal(unusual('AWS/WAFV2 BlockedRequests WebACL=cus-edge Rule=ALL Sum'));
  });

  everywhere('CUS-02 CUS-59', 'tells within two minutes of a region that does not answer its health check, or of which nobody knows', (all, environment) => {
    for (const [id, check, name] of [['PrimaryHealth', 'check-primary', 'primary-region-health'], ['SecondaryHealth', 'check-secondary', 'secondary-region-health']] as const) {
      const alarm = all('AWS::CloudWatch::Alarm')[id];
      expect(alarm.AlarmName).to.equal(`cus-${name}-${shorts[environment]}-main`);
      expect(decisive(alarm)).to.deep.equal(below('AWS/Route53 HealthCheckStatus', { HealthCheckId: check }, 'LessThanThreshold', 1, [60, 2, 'breaching']));
    }
  });

  everywhere('CUS-59', 'tells of a viewer certificate that was not renewed', (all) => {
    expect(decisive(all('AWS::CloudWatch::Alarm')['CertificateExpiry'])).to.deep.equal(
      below('AWS/CertificateManager DaysToExpiry', { CertificateArn: parameters.CertificateArn }, 'LessThanOrEqualToThreshold', 45, [86_400, 1, 'notBreaching']),
    );
  });

  for (const { minutes, times, share } of [{ minutes: 60, times: 14.4, share: 2 }, { minutes: 360, times: 6, share: 5 }]) {
    everywhere('CUS-02 CUS-59', `tells when ${share} % of the month’s error budget went within ${minutes} minutes`, (all, environment) => {
      expect(decisive(all('AWS::CloudWatch::Alarm')[`Budget${minutes}`])).to.deep.equal(
        above('AWS/ApplicationSignals BurnRate', { SloName: `cus-edge-availability-${shorts[environment]}-main`, BurnRateWindowMinutes: String(minutes) }, 'Maximum', times, 1),
      );
      expect((times * minutes) / (30 * 24 * 60)).to.equal(share / 100);
    });
  }

  everywhere('CUS-59', 'sends every alarm, and its end, to the topic of us-east-1, with words on what to do', (all, environment) => {
    const alarms = Object.values(all('AWS::CloudWatch::Alarm'));
    const parts = ['certificate-expiry', 'edge-4xx', 'edge-5xx', 'edge-blocked', 'edge-budget-360', 'edge-budget-60', 'primary-region-health', 'secondary-region-health'];
    expect(alarms.map(({ AlarmName }) => AlarmName as string).sort()).to.deep.equal(parts.map((part) => `cus-${part}-${shorts[environment]}-main`));
    for (const { ActionsEnabled, AlarmActions, OKActions } of alarms) expect(plain([ActionsEnabled, AlarmActions, OKActions])).to.deep.equal([true, [parameters.AlarmTopicArn], [parameters.AlarmTopicArn]]);
    expect(textsIn(alarms, /"AlarmDescription":"[^"]{20,}?[:,.] [^"]{15,900}"/g)).to.have.length(parts.length);
  });

  everywhere('CUS-02', 'takes 99.9 % of the requests at CloudFront as the target, whichever region answers', (all, environment) => {
    const { Availability, ...others } = all('AWS::ApplicationSignals::ServiceLevelObjective');
    expect(others).to.deep.equal({});
    expect(plain([Availability.Name, Availability.BurnRateConfigurations, Availability.Goal])).to.deep.equal([
      `cus-edge-availability-${shorts[environment]}-main`,
      [{ LookBackWindowMinutes: 60 }, { LookBackWindowMinutes: 360 }],
      { AttainmentGoal: 99.9, WarningThreshold: 50, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
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

  everywhere('CUS-55', 'shows both regions side by side on one dashboard, with CloudFront, the web ACL and the health of each', (all, environment) => {
    const { Dashboard, ...others } = all('AWS::CloudWatch::Dashboard');
    expect(others).to.deep.equal({});
    expect(Dashboard.DashboardName).to.equal(`cus-regions-${shorts[environment]}-main-us-east-1`);
    const { widgets } = jsonIn(Dashboard, 'DashboardBody') as { widgets: readonly Row[] };
    const regional = [
      'Requests in *',
      'Seconds to answer in *',
      'CPU in *, %',
      'Database connections in *',
      'Errors of the load balancer in *',
      'Seconds of the slowest in *',
      'Memory in *, %',
      'Tasks in *',
      'Database capacity in *, ACU',
      'Database capacity used in *, %',
      'Replication lag in *, ms',
      'Database latency in *, s',
      'Database commits in *, ms',
      'API calls in *',
      'API errors in *',
      'API latency of the slowest in *, ms',
      'Throttled by tables in *',
      'Latency of tables in *, ms',
      'Replication of tables from *, ms',
    ];
    expect(widgets.map(({ x, properties }) => [x, properties.title, properties.region])).to.deep.equal([
      [0, 'Requests at the edge', 'us-east-1'],
      [12, 'Errors at the edge, %', 'us-east-1'],
      [0, 'Health of us-east-1', 'us-east-1'],
      [12, 'Health of ap-southeast-1', 'us-east-1'],
      ...regional.flatMap((title) => bothRegions.map((region, column) => [column * 12, title.replace('*', region), region])),
    ]);
    const edge = (name: string, label: string) => ['AWS/CloudFront', name, 'DistributionId', 'E1', 'Region', 'Global', { label }];
    const health = (check: string) => [['AWS/Route53', 'HealthCheckStatus', 'HealthCheckId', check, { label: 'healthy' }]];
    expect(plain(widgets.slice(0, 4).map(({ properties }) => properties.metrics as unknown))).to.deep.equal([
      [edge('Requests', 'all'), ['AWS/WAFV2', 'BlockedRequests', 'WebACL', 'cus-edge', 'Rule', 'ALL', { label: 'blocked' }]],
      [edge('5xxErrorRate', '5xx'), edge('4xxErrorRate', '4xx')],
      health('check-primary'),
      health('check-secondary'),
    ]);
  });

  everywhere('CUS-55 CUS-87', 'shows each region its own tasks, load balancer, database and API, and the way to the other region', (all, environment) => {
    const named = (part: string) => `cus-${part}-${shorts[environment]}-main`;
    const { widgets } = jsonIn(all('AWS::CloudWatch::Dashboard')['Dashboard'], 'DashboardBody') as { widgets: readonly Row[] };
    const shown = (row: number) => bothRegions.map((_, column) => plain(widgets[4 + row * 2 + column]?.properties.metrics));
    const inBoth = (metrics: (region: (typeof bothRegions)[number], other: string) => readonly unknown[]) => [metrics('us-east-1', 'ap-southeast-1'), metrics('ap-southeast-1', 'us-east-1')];
    const alb = (name: string, label: string) => (region: (typeof bothRegions)[number]) => ['AWS/ApplicationELB', name, 'LoadBalancer', loadBalancers[region], { label }];
    const tasks = ['frontend', 'backend'].map((part) => ['ECS/ContainerInsights', 'RunningTaskCount', 'ClusterName', named('cluster'), 'ServiceName', named(part), { label: part }]);
    const api = (name: string, label: string) => ['AWS/ApiGateway', name, 'ApiName', named('api'), 'Stage', named('stage'), { label }];
    const lag = (name: string, region: string, other: string, label: string) => ['AWS/RDS', name, 'DBClusterIdentifier', `${named('aurora')}-${region}`, 'SourceRegion', other, { label }];
    expect(shown(0)).to.deep.equal(inBoth((region) => [alb('RequestCount', 'requests')(region), alb('HTTPCode_Target_5XX_Count', 'errors')(region)]));
    expect(shown(7)).to.deep.equal(inBoth(() => tasks));
    expect(shown(10)).to.deep.equal(inBoth((region, other) => [lag('AuroraGlobalDBRPOLag', region, other, 'of commits'), lag('AuroraGlobalDBReplicationLag', region, other, 'of storage')]));
    expect(shown(15)).to.deep.equal(inBoth(() => [api('Latency', '99 %'), api('IntegrationLatency', '99 % in the backend')]));
    expect(shown(18)).to.deep.equal(inBoth((_, other) => ['sessions', 'session-tokens'].map((part) => ['AWS/DynamoDB', 'ReplicationLatency', 'TableName', named(part), 'ReceivingRegion', other, { label: part }])));
  });
});
