import { expect } from 'chai';
import { monitoring } from '../../../templates/systems/lookcard/monitoring';
import { textsIn } from '../../requirements/selection';
import { above, calculated, decisive, learnt, unusual } from '../alarm-terms';
import { plain } from '../plain';
import { jsonIn, type EnvironmentName } from './built';
import { everywhereOf, type Row, type Stood } from './everywhere';

const parameters = {
  AlarmTopicArn: 'topic',
  CertificateArn: 'certificate',
  LoadBalancerFullName: 'app/alb/1',
  NetworkLoadBalancerFullName: 'net/nlb/2',
  DatabaseClusterIdentifier: 'aurora',
  CacheReplicationGroupId: 'cache',
  ApiName: 'the-api',
  ApiStageName: 'live',
};

const everywhere = everywhereOf(monitoring, () => parameters);
const alarmsIn = ({ all }: Stood): Row => all('AWS::CloudWatch::Alarm');

const ofAlb = { LoadBalancer: 'app/alb/1' };
const ofNlb = { LoadBalancer: 'net/nlb/2' };
const ofApi = { ApiName: 'the-api', Stage: 'live' };
const ofCluster = { DBClusterIdentifier: 'aurora' };
/** Development's database pauses, which the connections of a proxy would not let it do. */
const hasProxy = ({ environment }: Stood): boolean => environment !== 'develop';
const proxyOf = (short: string): string => `lookcard-proxy-${short}-main`;

/** The nodes of the cache, after its name: with cluster mode, and without. */
const nodes: Readonly<Record<EnvironmentName, readonly string[]>> = {
  production: ['0001-001', '0001-002', '0001-003'],
  staging: ['0001-001', '0001-002'],
  testing: ['001'],
  develop: ['001'],
  sandbox: ['001'],
};

/** The alarm on the worst of all nodes. */
function worst(environment: EnvironmentName, name: string, statistic: string, threshold: number, periods: number): Row {
  const named = nodes[environment].map((node, index) => [`m${index + 1}`, `AWS/ElastiCache ${name} CacheClusterId=cache-${node} ${statistic} 60`] as const);
  return {
    metrics: [...named.map(([id, metric]) => `${id} = ${metric}`), `result = MAX([${named.map(([id]) => `FILL(${id}, 0)`).join(', ')}]) returned`],
    over: ['GreaterThanThreshold', threshold],
    periods: [periods, 'notBreaching'],
  };
}

describe('LookCard monitoring of a region', () => {
  everywhere('LKC-99', 'tells of errors that the load balancer gives itself', (stood) => {
    expect(decisive(alarmsIn(stood)['LoadBalancerErrors'])).to.deep.equal(above('AWS/ApplicationELB HTTPCode_ELB_5XX_Count', ofAlb, 'Sum', 10));
  });

  everywhere('LKC-99', 'tells when API Gateway and the Network Load Balancer disagree on TLS, when that has no port left, and when it cuts off more than usual', (stood) => {
    const alarms = alarmsIn(stood);
    expect(decisive(alarms['NetworkLoadBalancerTls'])).to.deep.equal(above('AWS/NetworkELB ClientTLSNegotiationErrorCount', ofNlb, 'Sum', 0));
    expect(decisive(alarms['NetworkLoadBalancerPorts'])).to.deep.equal(above('AWS/NetworkELB PortAllocationErrorCount', ofNlb, 'Sum', 0, 1));
    expect(learnt(alarms['NetworkLoadBalancerResets'])).to.deep.equal(unusual('AWS/NetworkELB TCP_ELB_Reset_Count LoadBalancer=net/nlb/2 Sum'));
  });

  everywhere('LKC-99', 'tells when more than a hundredth of the API’s calls fail, or takes longer than a second, and when more than usual are refused', (stood) => {
    const alarms = alarmsIn(stood);
    expect(decisive(alarms['ApiErrors'])).to.deep.equal(above('AWS/ApiGateway 5XXError', ofApi, 'Average', 0.01, 5));
    expect(decisive(alarms['ApiLatency'])).to.deep.equal(above('AWS/ApiGateway Latency', ofApi, 'p99', 1000, 5));
    expect(learnt(alarms['ApiRefusals'])).to.deep.equal(unusual('AWS/ApiGateway 4XXError ApiName=the-api Stage=live Average'));
  });

  everywhere('LKC-99', 'tells of a certificate that was not renewed in time', (stood) => {
    expect(decisive(alarmsIn(stood)['CertificateExpiry'])).to.deep.equal({
      metric: 'AWS/CertificateManager DaysToExpiry',
      dimensions: { CertificateArn: 'certificate' },
      over: ['Minimum', undefined, undefined, 'LessThanOrEqualToThreshold', 45],
      periods: [86_400, 1, 'notBreaching'],
    });
  });

  everywhere('LKC-99', 'tells of a database that is short of CPU or capacity, deadlocks or runs out of transaction ids, and of unusual connections and commits', (stood) => {
    const alarms = alarmsIn(stood);
    expect(decisive(alarms['DatabaseCpu'])).to.deep.equal(above('AWS/RDS CPUUtilization', ofCluster, 'Maximum', 85, 5));
    expect(decisive(alarms['DatabaseCapacity'])).to.deep.equal(above('AWS/RDS ACUUtilization', ofCluster, 'Maximum', 90, 10));
    expect(decisive(alarms['DatabaseDeadlocks'])).to.deep.equal(above('AWS/RDS Deadlocks', ofCluster, 'Average', 0, 5));
    expect(decisive(alarms['DatabaseTransactionIds'])).to.deep.equal(above('AWS/RDS MaximumUsedTransactionIDs', ofCluster, 'Maximum', 1_000_000_000, 3, 300));
    expect(learnt(alarms['DatabaseConnections'])).to.deep.equal(unusual('AWS/RDS DatabaseConnections DBClusterIdentifier=aurora Maximum'));
    expect(learnt(alarms['DatabaseCommitLatency'])).to.deep.equal(unusual('AWS/RDS CommitLatency DBClusterIdentifier=aurora Average'));
  });

  everywhere('LKC-99', 'tells of commits that this region lacks, where another writes', (stood) => {
    const { ReplicationLag } = alarmsIn(stood);
    if (!stood.isProduction) return expect(ReplicationLag).to.equal(undefined);
    const SourceRegion = stood.isPrimary ? 'us-east-1' : 'ap-southeast-1';
    return expect(decisive(ReplicationLag)).to.deep.equal(above('AWS/RDS AuroraGlobalDBRPOLag', { ...ofCluster, SourceRegion }, 'Maximum', 30_000, 1));
  });

  everywhere('LKC-99', 'tells of a proxy whose connections are used up, whose clients wait, or which refuses them, where there is one', (stood) => {
    const alarms = alarmsIn(stood);
    const proxy = proxyOf(stood.short);
    const own = ['ProxyConnections', 'ProxyWait', 'ProxyRefusals'];
    if (!hasProxy(stood)) return own.forEach((id) => expect(alarms[id]).to.equal(undefined));
    expect(calculated(alarms['ProxyConnections'])).to.deep.equal({
      metrics: [`used = AWS/RDS DatabaseConnections ProxyName=${proxy} Sum 60`, `allowed = AWS/RDS MaxDatabaseConnectionsAllowed ProxyName=${proxy} Sum 60`, 'result = 100 * used / allowed returned'],
      over: ['GreaterThanThreshold', 90],
      periods: [5, 'notBreaching'],
    });
    expect(decisive(alarms['ProxyWait'])).to.deep.equal(above('AWS/RDS DatabaseConnectionsBorrowLatency', { ProxyName: proxy }, 'Average', 500_000, 5));
    expect(decisive(alarms['ProxyRefusals'])).to.deep.equal(above('AWS/RDS ClientConnectionsSetupFailedAuth', { ProxyName: proxy }, 'Sum', 10));
    return undefined;
  });

  everywhere('LKC-99', 'tells of a cache of which a node is busy, full, refuses clients or, where there are replicas, is behind', (stood) => {
    const alarms = alarmsIn(stood);
    const { environment } = stood;
    expect(calculated(alarms['CacheCpu'])).to.deep.equal(worst(environment, 'EngineCPUUtilization', 'Maximum', 90, 5));
    expect(calculated(alarms['CacheMemory'])).to.deep.equal(worst(environment, 'DatabaseMemoryUsagePercentage', 'Maximum', 80, 5));
    expect(calculated(alarms['CacheEvictions'])).to.deep.equal(worst(environment, 'Evictions', 'Sum', 0, 15));
    expect(calculated(alarms['CacheConnections'])).to.deep.equal(worst(environment, 'CurrConnections', 'Maximum', 2000, 5));
    expect(calculated(alarms['CacheRefusals'])).to.deep.equal(worst(environment, 'AuthenticationFailures', 'Sum', 10, 3));
    if (nodes[environment].length === 1) expect(alarms['CacheLag']).to.equal(undefined);
    else expect(calculated(alarms['CacheLag'])).to.deep.equal(worst(environment, 'ReplicationLag', 'Maximum', 5, 5));
  });

  everywhere('LKC-99', 'sends each alarm to the region’s topic, under a name of its own and with words on what to do', (stood) => {
    const parts = [
      'alb-errors', 'nlb-tls', 'nlb-ports', 'nlb-resets', 'api-errors', 'api-latency', 'api-refusals', 'origin-certificate-expiry',
      ...['capacity', 'commit-latency', 'connections', 'cpu', 'deadlocks', 'transaction-ids'].map((trouble) => `database-${trouble}`),
      ...(hasProxy(stood) ? ['connections', 'refusals', 'wait'] : []).map((trouble) => `proxy-${trouble}`),
      ...['connections', 'cpu', 'evictions', 'memory', 'refusals'].map((trouble) => `cache-${trouble}`),
      ...(nodes[stood.environment].length > 1 ? ['cache-lag'] : []),
      ...(stood.isProduction ? ['replication-lag'] : []),
    ];
    const alarms: readonly Row[] = Object.values(alarmsIn(stood));
    expect(alarms.map(({ AlarmName }) => AlarmName as string).sort()).to.deep.equal(parts.map((part) => `lookcard-${part}-${stood.short}-main`).sort());
    for (const { ActionsEnabled, AlarmActions, OKActions } of alarms) expect(plain([ActionsEnabled, AlarmActions, OKActions])).to.deep.equal([true, ['topic'], ['topic']]);
    expect(textsIn(alarms, /"AlarmDescription":"[^"]{20,}?[.:;] [^"]{15,900}"/g)).to.have.length(parts.length);
  });

  everywhere('LKC-99', 'takes 99.9 % of requests without an error of ours as the target over thirty days', ({ all, short }) => {
    const stat = (MetricName: string) => ({ Period: 60, Stat: 'Sum', Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: [{ Name: 'LoadBalancer', Value: 'app/alb/1' }] } });
    const { Availability, ...others } = all('AWS::ApplicationSignals::ServiceLevelObjective');
    expect(others).to.deep.equal({});
    expect(plain([Availability.Name, Availability.Goal])).to.deep.equal([
      `lookcard-availability-${short}-main`,
      { AttainmentGoal: 99.9, WarningThreshold: 50, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
    ]);
    expect(plain(Availability.RequestBasedSli)).to.deep.equal({
      RequestBasedSliMetric: {
        TotalRequestCountMetric: [{ Id: 'total', ReturnData: true, MetricStat: stat('RequestCount') }],
        MonitoredRequestCountMetric: {
          BadCountMetric: [
            { Id: 'bad1', ReturnData: false, MetricStat: stat('HTTPCode_ELB_5XX_Count') },
            { Id: 'bad2', ReturnData: false, MetricStat: stat('HTTPCode_Target_5XX_Count') },
            { Id: 'bad', ReturnData: true, Expression: 'FILL(bad1, 0) + FILL(bad2, 0)' },
          ],
        },
      },
    });
  });
});

describe('The dashboard of each region of LookCard shows', () => {
  type Shown = readonly [title: string, statistic: string, metrics: readonly unknown[]];

  const metric = (namespace: string, dimensions: Row) => (name: string, label: string) => [namespace, name, ...Object.entries(dimensions).flat(), { label }];
  const alb = metric('AWS/ApplicationELB', ofAlb);
  const nlb = metric('AWS/NetworkELB', ofNlb);
  const api = metric('AWS/ApiGateway', ofApi);
  const aurora = metric('AWS/RDS', ofCluster);

  /** Every graph in order. */
  function graphs(stood: Stood): readonly Shown[] {
    const { environment, short, isProduction, isPrimary } = stood;
    const proxy = metric('AWS/RDS', { ProxyName: proxyOf(short) });
    const lag = metric('AWS/RDS', { ...ofCluster, SourceRegion: isPrimary ? 'us-east-1' : 'ap-southeast-1' });
    const cache = (title: string, name: string, statistic: string): Shown => [`${title} in this region`, statistic, nodes[environment].map((node) => ['AWS/ElastiCache', name, 'CacheClusterId', `cache-${node}`, { label: node }])];
    const percent = ([title, statistic, metrics]: Shown, unit: string): Shown => [`${title}, ${unit}`, statistic, metrics];
    return [
      ['Requests in this region', 'Sum', [alb('RequestCount', 'requests'), alb('HTTPCode_Target_5XX_Count', 'errors')]],
      ['Seconds to answer in this region', 'Average', [alb('TargetResponseTime', 'mean')]],
      ['Errors of the load balancer in this region', 'Sum', [alb('HTTPCode_ELB_5XX_Count', '5xx')]],
      ['Seconds of the slowest in this region', 'p99', [alb('TargetResponseTime', '99 %')]],
      ['API calls in this region', 'SampleCount', [api('Count', 'calls')]],
      ['API errors in this region', 'Sum', [api('4XXError', '4xx'), api('5XXError', '5xx')]],
      ['API latency of the slowest in this region, ms', 'p99', [api('Latency', '99 %'), api('IntegrationLatency', '99 % in the backend')]],
      ['Connections of the internal load balancer in this region', 'Sum', [nlb('NewFlowCount', 'new')]],
      ['Connections cut off in this region', 'Sum', [nlb('TCP_ELB_Reset_Count', 'by the load balancer'), nlb('TCP_Target_Reset_Count', 'by tasks'), nlb('ClientTLSNegotiationErrorCount', 'by TLS'), nlb('PortAllocationErrorCount', 'for want of ports')]],
      ['Database capacity in this region, ACU', 'Maximum', [aurora('ServerlessDatabaseCapacity', 'largest instance')]],
      ['Database capacity used in this region, %', 'Maximum', [aurora('ACUUtilization', 'of the most')]],
      ...(isProduction ? [['Replication lag in this region, ms', 'Maximum', [lag('AuroraGlobalDBRPOLag', 'of commits'), lag('AuroraGlobalDBReplicationLag', 'of storage')]] as const] : []),
      ['Database latency in this region, s', 'Average', [aurora('ReadLatency', 'read'), aurora('WriteLatency', 'write')]],
      ['Database commits in this region, ms', 'Average', [aurora('CommitLatency', 'commit')]],
      ['Database connections in this region', 'Maximum', [aurora('DatabaseConnections', 'connections')]],
      ...(hasProxy(stood) ? [
        ['Proxy connections in this region', 'Sum', [proxy('ClientConnections', 'of clients'), proxy('DatabaseConnections', 'to the database'), proxy('DatabaseConnectionsCurrentlySessionPinned', 'pinned to one client')]] as const,
        ['Wait for a proxy connection in this region, µs', 'Average', [proxy('DatabaseConnectionsBorrowLatency', 'mean')]] as const,
      ] : []),
      percent(cache('Cache CPU', 'EngineCPUUtilization', 'Maximum'), '%'),
      percent(cache('Cache memory', 'DatabaseMemoryUsagePercentage', 'Maximum'), '%'),
      cache('Evictions', 'Evictions', 'Sum'),
      percent(cache('Cache hits', 'CacheHitRate', 'Average'), '%'),
      cache('Cache connections', 'CurrConnections', 'Maximum'),
      ...(nodes[environment].length > 1 ? [percent(cache('Cache replication lag', 'ReplicationLag', 'Maximum'), 's')] : []),
    ];
  }

  everywhere('LKC-99', 'entrances, API, database, proxy and cache minute by minute, in two columns', (stood) => {
    const { Dashboard, ...others } = stood.all('AWS::CloudWatch::Dashboard');
    expect(others).to.deep.equal({});
    expect(Dashboard.DashboardName).to.equal(`lookcard-overview-${stood.short}-main-${stood.region}`);
    const { widgets } = jsonIn(Dashboard, 'DashboardBody') as { readonly widgets: readonly Row[] };
    expect(widgets.map(({ type, x, y, width, height, properties }) => [type, x, y, width, height, properties.title, properties.stat, plain(properties.metrics), properties.region, properties.period, properties.view])).to.deep.equal(
      graphs(stood).map(([title, statistic, metrics], index) => ['metric', (index % 2) * 12, Math.floor(index / 2) * 6, 12, 6, title, statistic, metrics, stood.region, 60, 'timeSeries']),
    );
  });
});
