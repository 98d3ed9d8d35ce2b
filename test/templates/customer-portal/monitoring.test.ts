import { expect } from 'chai';
import { textsIn } from '../../requirements/selection';
import { above, calculated, decisive, learnt, unusual } from '../alarm-terms';
import { plain } from '../plain';
import { everywhere, otherRegion, parameters, shorts, tables } from './monitoring-instance';

const ofAlb = { LoadBalancer: 'app/alb/1' };
const services = [
  { id: 'Frontend', part: 'frontend', ofService: { ClusterName: 'cluster', ServiceName: 'frontend' }, ofTargets: { ...ofAlb, TargetGroup: 'targetgroup/frontend/2' } },
  { id: 'Backend', part: 'backend', ofService: { ClusterName: 'cluster', ServiceName: 'backend' }, ofTargets: { ...ofAlb, TargetGroup: 'targetgroup/backend/3' } },
];
const ofCluster = { DBClusterIdentifier: 'aurora' };
const ofApi = { ApiName: 'the-api', Stage: 'live' };

describe('Customer portal monitoring', () => {
  for (const { id, part, ofService, ofTargets } of services) {
    everywhere('CUS-56 CUS-59', `tells of a ${part} service that is short of CPU or memory`, (all) => {
      const alarms = all('AWS::CloudWatch::Alarm');
      expect(decisive(alarms[`${id}Cpu`])).to.deep.equal(above('AWS/ECS CPUUtilization', ofService, 'Average', 85));
      expect(decisive(alarms[`${id}Memory`])).to.deep.equal(above('AWS/ECS MemoryUtilization', ofService, 'Average', 90));
    });

    everywhere('CUS-56 CUS-59', `tells when fewer ${part} tasks run than should, and when nothing says how many`, (all) => {
      const counted = (name: string) => `ECS/ContainerInsights ${name} ClusterName=cluster ServiceName=${part}`;
      expect(calculated(all('AWS::CloudWatch::Alarm')[`${id}Tasks`])).to.deep.equal({
        metrics: [`desired = ${counted('DesiredTaskCount')} Minimum 60`, `running = ${counted('RunningTaskCount')} Maximum 60`, 'result = desired - running returned'],
        over: ['GreaterThanThreshold', 0],
        periods: [5, 'breaching'],
      });
    });

    everywhere('CUS-59', `tells of a ${part} service that fails, fails its health checks, or is slow in its slowest hundredth`, (all) => {
      const alarms = all('AWS::CloudWatch::Alarm');
      expect(decisive(alarms[`${id}Errors`])).to.deep.equal(above('AWS/ApplicationELB HTTPCode_Target_5XX_Count', ofTargets, 'Sum', 10));
      expect(decisive(alarms[`${id}Unhealthy`])).to.deep.equal(above('AWS/ApplicationELB UnHealthyHostCount', ofTargets, 'Maximum', 0));
      expect(decisive(alarms[`${id}Latency`])).to.deep.equal(above('AWS/ApplicationELB TargetResponseTime', ofTargets, 'p99', 2, 5));
    });
  }

  everywhere('CUS-59', 'tells of errors that the load balancer gives itself', (all) => {
    expect(decisive(all('AWS::CloudWatch::Alarm')['LoadBalancerErrors'])).to.deep.equal(above('AWS/ApplicationELB HTTPCode_ELB_5XX_Count', ofAlb, 'Sum', 10));
  });

  everywhere('CUS-02 CUS-59', 'tells when users are still sent to a region without a healthy frontend task ten minutes later: the failover failed', (all) => {
    const ofFrontend = (name: string) => `AWS/ApplicationELB ${name} LoadBalancer=app/alb/1 TargetGroup=targetgroup/frontend/2`;
    expect(calculated(all('AWS::CloudWatch::Alarm')['Stranded'])).to.deep.equal({
      metrics: [`healthy = ${ofFrontend('HealthyHostCount')} Maximum 60`, `requests = ${ofFrontend('RequestCount')} Sum 60`, 'result = IF(healthy < 1 AND requests > 10, 1, 0) returned'],
      over: ['GreaterThanThreshold', 0],
      periods: [10, 'notBreaching'],
    });
  });

  everywhere('CUS-57 CUS-59', 'tells of more connections to the database, or slower commits, than usual', (all) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(learnt(alarms['DatabaseConnections'])).to.deep.equal(unusual('AWS/RDS DatabaseConnections DBClusterIdentifier=aurora Maximum'));
    expect(learnt(alarms['DatabaseCommitLatency'])).to.deep.equal(unusual('AWS/RDS CommitLatency DBClusterIdentifier=aurora Average'));
  });

  everywhere('CUS-57 CUS-59', 'tells of a database that is short of CPU or capacity, deadlocks or runs out of transaction ids', (all) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['DatabaseCpu'])).to.deep.equal(above('AWS/RDS CPUUtilization', ofCluster, 'Maximum', 85, 5));
    expect(decisive(alarms['DatabaseCapacity'])).to.deep.equal(above('AWS/RDS ACUUtilization', ofCluster, 'Maximum', 90, 10));
    expect(decisive(alarms['DatabaseDeadlocks'])).to.deep.equal(above('AWS/RDS Deadlocks', ofCluster, 'Average', 0, 5));
    expect(decisive(alarms['DatabaseTransactionIds'])).to.deep.equal(above('AWS/RDS MaximumUsedTransactionIDs', ofCluster, 'Maximum', 1_000_000_000, 3, 300));
  });

  everywhere('CUS-02 CUS-57 CUS-59', 'tells within a minute of half a minute of commits that this region lacks, whichever of the two writes', (all, region) => {
    expect(decisive(all('AWS::CloudWatch::Alarm')['ReplicationLag'])).to.deep.equal(above('AWS/RDS AuroraGlobalDBRPOLag', { ...ofCluster, SourceRegion: otherRegion[region] }, 'Maximum', 30_000, 1));
  });

  everywhere('CUS-58 CUS-59', 'tells when more than a hundredth of the API’s calls fail, or takes longer than two seconds, and when more than usual are refused', (all) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['ApiErrors'])).to.deep.equal(above('AWS/ApiGateway 5XXError', ofApi, 'Average', 0.01, 5));
    expect(decisive(alarms['ApiLatency'])).to.deep.equal(above('AWS/ApiGateway Latency', ofApi, 'p99', 2000, 5));
    expect(learnt(alarms['ApiRefusals'])).to.deep.equal(unusual('AWS/ApiGateway 4XXError ApiName=the-api Stage=live Average'));
  });

  everywhere('CUS-59', 'tells when the load balancer that API Gateway calls, or the tasks behind it, fail its calls', (all) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    const whole = { LoadBalancer: 'app/api-alb/4' };
    expect(decisive(alarms['ApiEntranceLoadBalancerErrors'])).to.deep.equal(above('AWS/ApplicationELB HTTPCode_ELB_5XX_Count', whole, 'Sum', 10));
    expect(decisive(alarms['ApiEntranceErrors'])).to.deep.equal(above('AWS/ApplicationELB HTTPCode_Target_5XX_Count', whole, 'Sum', 10));
    expect(decisive(alarms['ApiEntranceUnhealthy'])).to.deep.equal(above('AWS/ApplicationELB UnHealthyHostCount', { ...whole, TargetGroup: 'targetgroup/api/5' }, 'Maximum', 0));
  });

  for (const { id, part, index } of tables) {
    everywhere('CUS-59', `tells when DynamoDB throttles reads or writes of the ${part} table or its index, or fails`, (all, _, environment) => {
      const alarms = all('AWS::CloudWatch::Alarm');
      const table = `TableName=cus-${part}-${shorts[environment]}-main`;
      const summed = (metrics: readonly string[]) => ({
        metrics: [...metrics.map((metric, number) => `m${number + 1} = AWS/DynamoDB ${metric} Sum 60`), `result = ${metrics.map((_metric, number) => `FILL(m${number + 1}, 0)`).join(' + ')} returned`],
        over: ['GreaterThanThreshold', 0],
        periods: [3, 'notBreaching'],
      });
      expect(calculated(alarms[`${id}Throttled`])).to.deep.equal(summed(['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((name) => [`${name} ${table}`, `${name} ${table} GlobalSecondaryIndexName=${index}`])));
      expect(calculated(alarms[`${id}Errors`])).to.deep.equal(summed(['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((operation) => `SystemErrors ${table} Operation=${operation}`)));
    });

    everywhere('CUS-02 CUS-59', `tells when writes to the ${part} table need half a minute to the other region`, (all, region, environment) => {
      expect(decisive(all('AWS::CloudWatch::Alarm')[`${id}Replication`])).to.deep.equal(
        above('AWS/DynamoDB ReplicationLatency', { TableName: `cus-${part}-${shorts[environment]}-main`, ReceivingRegion: otherRegion[region] }, 'Average', 30_000, 2, 300),
      );
    });
  }

  everywhere('CUS-59', 'sends every alarm, and its end, to the region’s topic, under a name of its own and with words on what to do', (all, _, environment) => {
    const ofServices = services.flatMap(({ part }) => ['5xx', 'cpu', 'latency', 'memory', 'tasks', 'unhealthy'].map((trouble) => `${part}-${trouble}`));
    const ofDatabase = ['capacity', 'commit-latency', 'connections', 'cpu', 'deadlocks', 'transaction-ids'].map((trouble) => `database-${trouble}`);
    const ofTables = tables.flatMap(({ part }) => ['errors', 'replication', 'throttled'].map((trouble) => `${part}-${trouble}`));
    const parts = [...ofServices, ...ofDatabase, ...ofTables, 'alb-errors', 'api-alb-5xx', 'api-alb-errors', 'api-alb-unhealthy', 'api-errors', 'api-latency', 'api-refusals', 'replication-lag', 'users-stranded'];
    const alarms = Object.values(all('AWS::CloudWatch::Alarm'));
    expect(alarms.map(({ AlarmName }) => AlarmName as string).sort()).to.deep.equal(parts.map((part) => `cus-${part}-${shorts[environment]}-main`).sort());
    for (const { ActionsEnabled, AlarmActions, OKActions } of alarms) expect(plain([ActionsEnabled, AlarmActions, OKActions])).to.deep.equal([true, [parameters.AlarmTopicArn], [parameters.AlarmTopicArn]]);
    expect(textsIn(alarms, /"AlarmDescription":"[^"]{20,}?[.:;] [^"]{15,900}"/g)).to.have.length(parts.length);
  });

  everywhere('CUS-02', 'takes 99.9 % of requests without an error of ours as the target over thirty days', (all, _, environment) => {
    const stat = (MetricName: string) => ({ Period: 60, Stat: 'Sum', Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: [{ Name: 'LoadBalancer', Value: 'app/alb/1' }] } });
    const { Availability, ...others } = all('AWS::ApplicationSignals::ServiceLevelObjective');
    expect(others).to.deep.equal({});
    expect(plain([Availability.Name, Availability.Goal, Availability.BurnRateConfigurations])).to.deep.equal([
      `cus-availability-${shorts[environment]}-main`,
      { AttainmentGoal: 99.9, WarningThreshold: 50, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } },
      [{ LookBackWindowMinutes: 60 }, { LookBackWindowMinutes: 360 }],
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
