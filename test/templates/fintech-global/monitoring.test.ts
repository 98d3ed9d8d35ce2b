import { expect } from 'chai';
import { textsIn } from '../../requirements/selection';
import { above, calculated, decisive, learnt, unusual } from '../alarm-terms';
import { plain } from '../plain';
import { namespaces } from './everywhere';
import { everywhere, nodesOf, otherRegion, parameters } from './monitoring-instance';

const ofAlb = { LoadBalancer: 'app/alb/1' };
const ofTargets = { ...ofAlb, TargetGroup: 'targetgroup/api/2' };
const ofCluster = { ClusterName: 'cluster' };
const ofDatabase = { DBClusterIdentifier: 'aurora' };

describe('FinTech Global monitoring', () => {
  everywhere('FTG-57', 'tells of pods of the API that fail, fail their health checks, or are slow in their slowest hundredth', ({ all }) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['ApiErrors'])).to.deep.equal(above('AWS/ApplicationELB HTTPCode_Target_5XX_Count', ofTargets, 'Sum', 10));
    expect(decisive(alarms['ApiUnhealthy'])).to.deep.equal(above('AWS/ApplicationELB UnHealthyHostCount', ofTargets, 'Maximum', 0));
    expect(decisive(alarms['ApiLatency'])).to.deep.equal(above('AWS/ApplicationELB TargetResponseTime', ofTargets, 'p99', 1, 5));
  });

  everywhere('FTG-57', 'tells of errors that the load balancer gives itself, and of more blocked requests than usual', ({ all, region }) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['LoadBalancerErrors'])).to.deep.equal(above('AWS/ApplicationELB HTTPCode_ELB_5XX_Count', ofAlb, 'Sum', 10));
    expect(learnt(alarms['BlockedRequests'])).to.deep.equal(unusual(`AWS/WAFV2 BlockedRequests WebACL=the-web-acl Region=${region} Rule=ALL Sum`));
  });

  everywhere('FTG-57', 'tells when users are still sent to a region without a healthy pod ten minutes later: the failover failed', ({ all }) => {
    const ofApi = (name: string) => `AWS/ApplicationELB ${name} LoadBalancer=app/alb/1 TargetGroup=targetgroup/api/2`;
    expect(calculated(all('AWS::CloudWatch::Alarm')['Stranded'])).to.deep.equal({
      metrics: [`healthy = ${ofApi('HealthyHostCount')} Maximum 60`, `requests = ${ofApi('RequestCount')} Sum 60`, 'result = IF(healthy < 1 AND requests > 10, 1, 0) returned'],
      over: ['GreaterThanThreshold', 0],
      periods: [10, 'notBreaching'],
    });
  });

  everywhere('FTG-57', 'tells of a certificate that was not renewed', ({ all }) => {
    expect(decisive(all('AWS::CloudWatch::Alarm')['CertificateExpiry'])).to.deep.equal({
      metric: 'AWS/CertificateManager DaysToExpiry',
      dimensions: { CertificateArn: parameters.CertificateArn },
      over: ['Minimum', undefined, undefined, 'LessThanOrEqualToThreshold', 45],
      periods: [86_400, 1, 'notBreaching'],
    });
  });

  everywhere('FTG-57', 'tells of a Kubernetes API that fails or refuses, and of pods that find no place', ({ all }) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['ApiServerErrors'])).to.deep.equal(above('AWS/EKS apiserver_request_total_5XX', ofCluster, 'Sum', 10, 5));
    expect(decisive(alarms['ApiServerRefusals'])).to.deep.equal(above('AWS/EKS apiserver_request_total_429', ofCluster, 'Sum', 10, 5));
    expect(decisive(alarms['PodsUnschedulable'])).to.deep.equal(above('AWS/EKS scheduler_pending_pods_UNSCHEDULABLE', ofCluster, 'Sum', 0, 10));
  });

  everywhere('FTG-57', 'tells of nodes that are ill, missing, or short of CPU, memory or disk, and when nobody counts them', ({ all }) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['NodesFailed'])).to.deep.equal(above('ContainerInsights cluster_failed_node_count', ofCluster, 'Maximum', 0, 5));
    expect(decisive(alarms['NodeCpu'])).to.deep.equal(above('ContainerInsights node_cpu_utilization', ofCluster, 'Maximum', 85, 10));
    expect(decisive(alarms['NodeMemory'])).to.deep.equal(above('ContainerInsights node_memory_utilization', ofCluster, 'Maximum', 85, 10));
    expect(decisive(alarms['NodeDisk'])).to.deep.equal(above('ContainerInsights node_filesystem_utilization', ofCluster, 'Maximum', 80, 10));
    expect(decisive(alarms['InsightsSilent'])).to.deep.equal({ metric: 'ContainerInsights cluster_node_count', dimensions: ofCluster, over: ['Minimum', undefined, undefined, 'LessThanThreshold', 1], periods: [60, 10, 'breaching'] });
    const ofGroup = (name: string, statistic: string) => `AWS/AutoScaling ${name} AutoScalingGroupName=eks-system ${statistic} 60`;
    expect(calculated(alarms['NodesMissing'])).to.deep.equal({
      metrics: [`desired = ${ofGroup('GroupDesiredCapacity', 'Minimum')}`, `there = ${ofGroup('GroupInServiceInstances', 'Maximum')}`, 'result = desired - there returned'],
      over: ['GreaterThanThreshold', 0],
      periods: [15, 'breaching'],
    });
  });

  for (const { id, service } of [{ id: 'ApiPods', service: 'api' }, { id: 'WorkerPods', service: 'worker' }]) {
    everywhere('FTG-57', `tells when fewer ${service} pods are available than are wanted, on Fargate too`, ({ all, environment }) => {
      const counted = (name: string) => `ContainerInsights ${name} ClusterName=cluster Namespace=${namespaces[environment]} PodName=${service}`;
      expect(calculated(all('AWS::CloudWatch::Alarm')[id])).to.deep.equal({
        metrics: [`desired = ${counted('replicas_desired')} Minimum 60`, `available = ${counted('status_replicas_available')} Maximum 60`, 'result = desired - available returned'],
        over: ['GreaterThanThreshold', 0],
        periods: [10, 'notBreaching'],
      });
    });
  }

  everywhere('FTG-57', 'tells of a database that is short of CPU or memory, deadlocks or runs out of transaction ids', ({ all }) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['DatabaseCpu'])).to.deep.equal(above('AWS/RDS CPUUtilization', ofDatabase, 'Maximum', 85, 5));
    // A twentieth of the 16 GiB of an instance.
    expect(decisive(alarms['DatabaseMemory'])).to.deep.equal({ metric: 'AWS/RDS FreeableMemory', dimensions: ofDatabase, over: ['Minimum', undefined, undefined, 'LessThanThreshold', 858_993_459], periods: [60, 10, 'notBreaching'] });
    expect(decisive(alarms['DatabaseDeadlocks'])).to.deep.equal(above('AWS/RDS Deadlocks', ofDatabase, 'Average', 0, 5));
    expect(decisive(alarms['DatabaseTransactionIds'])).to.deep.equal(above('AWS/RDS MaximumUsedTransactionIDs', ofDatabase, 'Maximum', 1_000_000_000, 3, 300));
    expect(alarms).not.to.have.property('DatabaseCapacity');
  });

  everywhere('FTG-57', 'tells of more connections to the database, or slower commits, than usual', ({ all }) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(learnt(alarms['DatabaseConnections'])).to.deep.equal(unusual('AWS/RDS DatabaseConnections DBClusterIdentifier=aurora Maximum'));
    expect(learnt(alarms['DatabaseCommitLatency'])).to.deep.equal(unusual('AWS/RDS CommitLatency DBClusterIdentifier=aurora Average'));
  });

  everywhere('FTG-28 FTG-57', 'tells of readers two seconds behind their writer, and within a minute of half a minute of commits that this region lacks', ({ all, region }) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['ReaderLag'])).to.deep.equal(above('AWS/RDS AuroraReplicaLag', ofDatabase, 'Maximum', 2000, 5));
    expect(decisive(alarms['ReplicationLag'])).to.deep.equal(above('AWS/RDS AuroraGlobalDBRPOLag', { ...ofDatabase, SourceRegion: otherRegion[region] }, 'Maximum', 30_000, 1));
  });

  const ofCache = [
    { id: 'CacheCpu', what: 'is busy', metric: 'EngineCPUUtilization', statistic: 'Maximum', most: 90, periods: 5 },
    { id: 'CacheMemory', what: 'is nearly full', metric: 'DatabaseMemoryUsagePercentage', statistic: 'Maximum', most: 80, periods: 5 },
    { id: 'CacheEvictions', what: 'drops keys for want of memory', metric: 'Evictions', statistic: 'Sum', most: 0, periods: 15 },
    { id: 'CacheLag', what: 'is behind in a replica', metric: 'ReplicationLag', statistic: 'Maximum', most: 5, periods: 5 },
    // Fifty for each of the forty pods that scaling may come to.
    { id: 'CacheConnections', what: 'has more connections than all pods need', metric: 'CurrConnections', statistic: 'Maximum', most: 2000, periods: 5 },
    { id: 'CacheRefusals', what: 'refuses tokens', metric: 'AuthenticationFailures', statistic: 'Sum', most: 10, periods: 3 },
  ];
  for (const { id, what, metric, statistic, most, periods } of ofCache) {
    everywhere('FTG-57', `tells of a cache that ${what}, in whichever of its nodes`, ({ all, environment }) => {
      const nodes = nodesOf('cache', environment);
      expect(calculated(all('AWS::CloudWatch::Alarm')[id])).to.deep.equal({
        metrics: [...nodes.map((node, index) => `m${index + 1} = AWS/ElastiCache ${metric} CacheClusterId=${node} ${statistic} 60`), `result = MAX([${nodes.map((_, index) => `FILL(m${index + 1}, 0)`).join(', ')}]) returned`],
        over: ['GreaterThanThreshold', most],
        periods: [periods, 'notBreaching'],
      });
    });
  }

  everywhere('FTG-43 FTG-57', 'tells of a table of sessions that throttles, fails, lags behind in the other region, or has nearly used what it may grow to', ({ all, region, short }) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    const table = `fintechglobal-sessions-${short}-main`;
    const throttled = ['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((name) => ['', ' GlobalSecondaryIndexName=byUser'].map((index) => `AWS/DynamoDB ${name} TableName=${table}${index} Sum 60`));
    const failed = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((operation) => `AWS/DynamoDB SystemErrors TableName=${table} Operation=${operation} Sum 60`);
    for (const [id, metrics] of [['SessionsThrottled', throttled], ['SessionsErrors', failed]] as const) {
      expect(calculated(alarms[id])).to.deep.equal({
        metrics: [...metrics.map((metric, index) => `m${index + 1} = ${metric}`), `result = ${metrics.map((_, index) => `FILL(m${index + 1}, 0)`).join(' + ')} returned`],
        over: ['GreaterThanThreshold', 0],
        periods: [3, 'notBreaching'],
      });
    }
    expect(decisive(alarms['SessionsReplication'])).to.deep.equal(above('AWS/DynamoDB ReplicationLatency', { TableName: table, ReceivingRegion: otherRegion[region] }, 'Average', 30_000, 2, 300));
    for (const kind of ['Read', 'Write']) {
      expect(calculated(alarms[`Sessions${kind}Capacity`])).to.deep.equal({
        metrics: [`used = AWS/DynamoDB Consumed${kind}CapacityUnits TableName=${table} Sum 300`, `provisioned = AWS/DynamoDB Provisioned${kind}CapacityUnits TableName=${table} Average 300`, 'result = 100 * (FILL(used, 0) / PERIOD(used)) / provisioned returned'],
        over: ['GreaterThanThreshold', 90],
        periods: [2, 'notBreaching'],
      });
    }
  });

  for (const { minutes, times, share } of [{ minutes: 60, times: 14.4, share: 2 }, { minutes: 360, times: 6, share: 5 }]) {
    everywhere('FTG-57', `tells when ${share} % of the month’s error budget went within ${minutes} minutes`, ({ all, short }) => {
      expect(decisive(all('AWS::CloudWatch::Alarm')[`Budget${minutes}`])).to.deep.equal(
        above('AWS/ApplicationSignals BurnRate', { SloName: `fintechglobal-availability-${short}-main`, BurnRateWindowMinutes: String(minutes) }, 'Maximum', times, 1),
      );
      expect((times * minutes) / (30 * 24 * 60)).to.equal(share / 100);
    });
  }

  everywhere('FTG-57', 'takes 99.9 % of the requests at the region’s load balancer as the target', ({ all, short }) => {
    const { Availability, ...others } = all('AWS::ApplicationSignals::ServiceLevelObjective');
    expect(others).to.deep.equal({});
    expect(plain([Availability.Name, Availability.BurnRateConfigurations, Availability.Goal])).to.deep.equal([
      `fintechglobal-availability-${short}-main`,
      [{ LookBackWindowMinutes: 60 }, { LookBackWindowMinutes: 360 }],
      { AttainmentGoal: 99.9, WarningThreshold: 50, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
    ]);
    const stat = (MetricName: string) => ({ Period: 60, Stat: 'Sum', Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: [{ Name: 'LoadBalancer', Value: 'app/alb/1' }] } });
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

  everywhere('FTG-57', 'sends every alarm, and its end, to the region’s topic, with words on what to do', ({ all, short }) => {
    const alarms = Object.values(all('AWS::CloudWatch::Alarm')) as readonly Record<string, unknown>[];
    const parts = [
      'alb-errors', 'api-5xx', 'api-latency', 'api-pods', 'api-unhealthy', 'blocked', 'budget-360', 'budget-60', 'cache-connections', 'cache-cpu', 'cache-evictions', 'cache-lag', 'cache-memory', 'cache-refusals', 'certificate-expiry',
      'database-commit-latency', 'database-connections', 'database-cpu', 'database-deadlocks', 'database-memory', 'database-transaction-ids', 'kubernetes-5xx', 'kubernetes-silent', 'kubernetes-throttled', 'node-cpu', 'node-disk', 'node-memory',
      'nodes-failed', 'nodes-missing', 'pods-unschedulable', 'reader-lag', 'replication-lag', 'sessions-errors', 'sessions-read-capacity', 'sessions-replication', 'sessions-throttled', 'sessions-write-capacity', 'users-stranded', 'worker-pods',
    ];
    expect(alarms.map(({ AlarmName }) => String(AlarmName)).sort()).to.deep.equal(parts.map((part) => `fintechglobal-${part}-${short}-main`));
    for (const { ActionsEnabled, AlarmActions, OKActions } of alarms) expect(plain([ActionsEnabled, AlarmActions, OKActions])).to.deep.equal([true, [parameters.AlarmTopicArn], [parameters.AlarmTopicArn]]);
    expect(textsIn(alarms, /"AlarmDescription":"[^"]{20,}?[:,.] [^"]{15,900}"/g)).to.have.length(parts.length);
  });
});
