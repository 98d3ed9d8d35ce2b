import { expect } from 'chai';
import { compute } from '../../../templates/systems/financial-portal/compute';
import { monitoring } from '../../../templates/systems/financial-portal/monitoring';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { above, decisive } from '../alarm-terms';
import { plain } from '../plain';
import { bothRegions, environmentNames, jsonIn, ofType, resolved, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const parameters = {
  AlarmTopicArn: 'arn:aws:sns:here:111111111111:alarms',
  ClusterName: 'cluster',
  WebServiceName: 'web',
  ApiServiceName: 'api',
  LoadBalancerFullName: 'app/alb/1',
  WebTargetGroupFullName: 'targetgroup/web/2',
  ApiTargetGroupFullName: 'targetgroup/api/3',
  DatabaseClusterIdentifier: 'aurora',
};
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };
const otherRegion = { 'ap-southeast-1': 'us-east-1', 'us-east-1': 'ap-southeast-1' } as const;

/** Asserts something of every environment's monitoring in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, region: Region, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(monitoring, region, environment, parameters), type), region, environment));
    }
  }
}

const ofAlb = { LoadBalancer: 'app/alb/1' };
const ofTargets = (part: string) => ({ ...ofAlb, TargetGroup: `targetgroup/${part}/${part === 'web' ? 2 : 3}` });
const ofService = (service: string) => ({ ClusterName: 'cluster', ServiceName: service });
const ofCluster = { DBClusterIdentifier: 'aurora' };
const services = [['Web', 'web'], ['Api', 'api']] as const;

describe('Financial portal monitoring', () => {
  for (const [id, part] of services) {
    everywhere('FIN-44', `tells of a ${part} service that is short of CPU or memory, unhealthy, or slow in its slowest hundredth`, (all) => {
      const alarms = all('AWS::CloudWatch::Alarm');
      expect(decisive(alarms[`${id}Cpu`])).to.deep.equal(above('AWS/ECS CPUUtilization', ofService(part), 'Average', 85));
      expect(decisive(alarms[`${id}Memory`])).to.deep.equal(above('AWS/ECS MemoryUtilization', ofService(part), 'Average', 90));
      expect(decisive(alarms[`${id}Unhealthy`])).to.deep.equal(above('AWS/ApplicationELB UnHealthyHostCount', ofTargets(part), 'Maximum', 0));
      expect(decisive(alarms[`${id}Latency`])).to.deep.equal(above('AWS/ApplicationELB TargetResponseTime', ofTargets(part), 'p99', 2, 5));
    });

    everywhere('FIN-44', `tells when fewer ${part} tasks run than should, and when nothing says how many`, (all) => {
      const { Metrics, ComparisonOperator, Threshold, EvaluationPeriods, TreatMissingData } = all('AWS::CloudWatch::Alarm')[`${id}Tasks`];
      const counted = (name: string, Id: string, Stat: string) => ({
        Id,
        ReturnData: false,
        MetricStat: { Metric: { Namespace: 'ECS/ContainerInsights', MetricName: name, Dimensions: [{ Name: 'ClusterName', Value: 'cluster' }, { Name: 'ServiceName', Value: part }] }, Period: 60, Stat },
      });
      expect(plain(Metrics)).to.deep.equal([counted('DesiredTaskCount', 'desired', 'Minimum'), counted('RunningTaskCount', 'running', 'Maximum'), { Id: 'result', ReturnData: true, Expression: 'desired - running' }]);
      expect([ComparisonOperator, Threshold, EvaluationPeriods, TreatMissingData]).to.deep.equal(['GreaterThanThreshold', 0, 5, 'breaching']);
    });
  }

  everywhere('FIN-44', 'tells of errors that the load balancer gives itself', (all) => {
    expect(decisive(all('AWS::CloudWatch::Alarm')['LoadBalancerErrors'])).to.deep.equal(above('AWS/ApplicationELB HTTPCode_ELB_5XX_Count', ofAlb, 'Sum', 10));
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('FIN-44', `tells of errors that each service gives, which also roll its deployment back: ${environment} in ${region}`, () => {
        const alarms = ofType(resolved(compute, region, environment), 'AWS::CloudWatch::Alarm');
        for (const [id, part] of services) {
          const { AlarmName, AlarmActions } = alarms[`${id}ErrorAlarm`];
          expect(plain([AlarmName, AlarmActions])).to.deep.equal([`fin-${part}-deployment-errors-${shorts[environment]}-main`, ['<AlarmTopicArn>']]);
          const { dimensions, ...others } = decisive(alarms[`${id}ErrorAlarm`]);
          expect(plain(dimensions)).to.deep.equal({ LoadBalancer: 'LoadBalancer.LoadBalancerFullName', TargetGroup: `${id}Targets.TargetGroupFullName` });
          expect(others).to.deep.include({ metric: 'AWS/ApplicationELB HTTPCode_Target_5XX_Count', over: ['Sum', undefined, undefined, 'GreaterThanThreshold', 10], periods: [60, 3, 'notBreaching'] });
        }
      });
    }
  }

  everywhere('FIN-44', 'tells of a database that is short of CPU or capacity, deadlocks or runs out of transaction ids', (all) => {
    const alarms = all('AWS::CloudWatch::Alarm');
    expect(decisive(alarms['DatabaseCpu'])).to.deep.equal(above('AWS/RDS CPUUtilization', ofCluster, 'Maximum', 85, 5));
    expect(decisive(alarms['DatabaseCapacity'])).to.deep.equal(above('AWS/RDS ACUUtilization', ofCluster, 'Maximum', 90, 10));
    expect(decisive(alarms['DatabaseDeadlocks'])).to.deep.equal(above('AWS/RDS Deadlocks', ofCluster, 'Average', 0, 5));
    expect(decisive(alarms['DatabaseTransactionIds'])).to.deep.equal(above('AWS/RDS MaximumUsedTransactionIDs', ofCluster, 'Maximum', 1_000_000_000, 3, 300));
  });

  everywhere('FIN-44', 'learns how many connections and how slow commits are usual, and tells of more', (all) => {
    for (const [id, name, Stat] of [['DatabaseConnections', 'DatabaseConnections', 'Maximum'], ['DatabaseCommitLatency', 'CommitLatency', 'Average']] as const) {
      const { Metrics, ThresholdMetricId, ComparisonOperator, EvaluationPeriods, TreatMissingData } = all('AWS::CloudWatch::Alarm')[id];
      expect(plain(Metrics)).to.deep.equal([
        { Id: 'actual', ReturnData: true, MetricStat: { Metric: { Namespace: 'AWS/RDS', MetricName: name, Dimensions: [{ Name: 'DBClusterIdentifier', Value: 'aurora' }] }, Period: 300, Stat } },
        { Id: 'usual', ReturnData: true, Expression: 'ANOMALY_DETECTION_BAND(actual, 3)' },
      ]);
      expect([ThresholdMetricId, ComparisonOperator, EvaluationPeriods, TreatMissingData]).to.deep.equal(['usual', 'GreaterThanUpperThreshold', 3, 'notBreaching']);
    }
  });

  everywhere('FIN-44 FIN-74', 'tells within a minute of half a minute of commits that this region lacks, whichever of the two writes', (all, region) => {
    expect(decisive(all('AWS::CloudWatch::Alarm')['ReplicationLag'])).to.deep.equal(above('AWS/RDS AuroraGlobalDBRPOLag', { ...ofCluster, SourceRegion: otherRegion[region] }, 'Maximum', 30_000, 1));
  });

  everywhere('FIN-74 FIN-44', 'tells when users are still sent to a region without a healthy web task ten minutes later: the failover failed', (all) => {
    const { Metrics, ComparisonOperator, Threshold, EvaluationPeriods, TreatMissingData } = all('AWS::CloudWatch::Alarm')['Stranded'];
    const read = (Id: string, MetricName: string, Stat: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: [{ Name: 'LoadBalancer', Value: 'app/alb/1' }, { Name: 'TargetGroup', Value: 'targetgroup/web/2' }] }, Period: 60, Stat },
    });
    expect(plain(Metrics)).to.deep.equal([read('healthy', 'HealthyHostCount', 'Maximum'), read('requests', 'RequestCount', 'Sum'), { Id: 'result', ReturnData: true, Expression: 'IF(healthy < 1 AND requests > 10, 1, 0)' }]);
    expect([ComparisonOperator, Threshold, EvaluationPeriods, TreatMissingData]).to.deep.equal(['GreaterThanThreshold', 0, 10, 'notBreaching']);
  });

  everywhere('FIN-44 FIN-45', 'sends every alarm, and its end, to the region’s topic, under a name of its own and with words on what to do', (all, _, environment) => {
    const parts = ['alb-errors', 'api-cpu', 'api-latency', 'api-memory', 'api-tasks', 'api-unhealthy', 'database-capacity', 'database-commit-latency', 'database-connections', 'database-cpu', 'database-deadlocks', 'database-transaction-ids', 'replication-lag', 'users-stranded', 'web-cpu', 'web-latency', 'web-memory', 'web-tasks', 'web-unhealthy'];
    const alarms = Object.values(all('AWS::CloudWatch::Alarm'));
    expect(alarms.map(({ AlarmName }) => AlarmName as string).sort()).to.deep.equal(parts.map((part) => `fin-${part}-${shorts[environment]}-main`));
    for (const { ActionsEnabled, AlarmActions, OKActions } of alarms) expect(plain([ActionsEnabled, AlarmActions, OKActions])).to.deep.equal([true, [parameters.AlarmTopicArn], [parameters.AlarmTopicArn]]);
    expect(textsIn(alarms, /"AlarmDescription":"[^"]{20,}?[.:;] [^"]{15,900}"/g)).to.have.length(parts.length);
  });

  const stat = (MetricName: string, Stat: string) => ({ Period: 60, Stat, Metric: { Namespace: 'AWS/ApplicationELB', MetricName, Dimensions: [{ Name: 'LoadBalancer', Value: 'app/alb/1' }] } });

  everywhere('FIN-01', 'takes 99.95 % of requests without an error of ours, and within two seconds, as targets over thirty days', (all, _, environment) => {
    const goal = { AttainmentGoal: 99.95, WarningThreshold: 50, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } };
    const burnRates = [{ LookBackWindowMinutes: 60 }, { LookBackWindowMinutes: 360 }];
    const { Availability, Latency, ...others } = all('AWS::ApplicationSignals::ServiceLevelObjective');
    expect(others).to.deep.equal({});
    for (const [objective, name] of [[Availability, 'availability'], [Latency, 'latency']] as const) {
      expect(plain([objective.Name, objective.Goal, objective.BurnRateConfigurations])).to.deep.equal([`fin-${name}-${shorts[environment]}-main`, goal, burnRates]);
    }
    expect(plain(Availability.RequestBasedSli)).to.deep.equal({
      RequestBasedSliMetric: {
        TotalRequestCountMetric: [{ Id: 'total', ReturnData: true, MetricStat: stat('RequestCount', 'Sum') }],
        MonitoredRequestCountMetric: {
          BadCountMetric: [
            { Id: 'bad1', ReturnData: false, MetricStat: stat('HTTPCode_ELB_5XX_Count', 'Sum') },
            { Id: 'bad2', ReturnData: false, MetricStat: stat('HTTPCode_Target_5XX_Count', 'Sum') },
            { Id: 'bad', ReturnData: true, Expression: 'FILL(bad1, 0) + FILL(bad2, 0)' },
          ],
        },
      },
    });
    expect(plain(Latency.RequestBasedSli)).to.deep.equal({
      RequestBasedSliMetric: {
        TotalRequestCountMetric: [{ Id: 'total', ReturnData: true, MetricStat: stat('TargetResponseTime', 'SampleCount') }],
        MonitoredRequestCountMetric: { GoodCountMetric: [{ Id: 'good', ReturnData: true, MetricStat: stat('TargetResponseTime', 'TC(:2)') }] },
      },
    });
  });

  everywhere('FIN-43', 'shows tasks, load balancer and database of the region on a dashboard of its own', (all, region, environment) => {
    const boards = all('AWS::CloudWatch::Dashboard');
    expect(Object.keys(boards)).to.deep.equal(['Dashboard']);
    const [named, short, other] = [(part: string) => `fin-${part}-${shorts[environment]}-main`, shorts[environment], otherRegion[region]];
    expect(boards['Dashboard'].DashboardName).to.equal(`fin-overview-${short}-main-${region}`);
    const alb = (name: string) => ['AWS/ApplicationELB', name, 'LoadBalancer', 'app/alb/1'];
    const ecs = (namespace: string, name: string, part: string) => [namespace, name, 'ClusterName', named('cluster'), 'ServiceName', named(part)];
    const both = (namespace: string, name: string) => ['web', 'api'].map((part) => [...ecs(namespace, name, part), { label: part }]);
    const aurora = (name: string) => ['AWS/RDS', name, 'DBClusterIdentifier', `${named('aurora')}-${region}`];
    const expected: readonly (readonly [string, string, readonly unknown[]])[] = [
      ['Requests in this region', 'Sum', [[...alb('RequestCount'), { label: 'requests' }], [...alb('HTTPCode_Target_5XX_Count'), { label: 'errors' }]]],
      ['Seconds to answer in this region', 'Average', [[...alb('TargetResponseTime'), { label: 'mean' }]]],
      ['CPU in this region, %', 'Average', [...both('AWS/ECS', 'CPUUtilization'), [...aurora('CPUUtilization'), { label: 'database' }]]],
      ['Database connections in this region', 'Maximum', [[...aurora('DatabaseConnections'), { label: 'connections' }]]],
      ['Errors of the load balancer in this region', 'Sum', [[...alb('HTTPCode_ELB_5XX_Count'), { label: '5xx' }]]],
      ['Seconds of the slowest in this region', 'p99', [[...alb('TargetResponseTime'), { label: '99 %' }]]],
      ['Memory in this region, %', 'Average', both('AWS/ECS', 'MemoryUtilization')],
      ['Tasks in this region', 'Minimum', both('ECS/ContainerInsights', 'RunningTaskCount')],
      ['Database capacity in this region, ACU', 'Maximum', [[...aurora('ServerlessDatabaseCapacity'), { label: 'largest instance' }]]],
      ['Database capacity used in this region, %', 'Maximum', [[...aurora('ACUUtilization'), { label: 'of the most' }]]],
      ['Replication lag in this region, ms', 'Maximum', [[...aurora('AuroraGlobalDBRPOLag'), 'SourceRegion', other, { label: 'of commits' }], [...aurora('AuroraGlobalDBReplicationLag'), 'SourceRegion', other, { label: 'of storage' }]]],
    ];
    const { widgets } = jsonIn(boards['Dashboard'], 'DashboardBody') as { widgets: readonly Row[] };
    expect(widgets.map(({ properties }) => [properties.title, properties.stat, plain(properties.metrics)])).to.deep.equal(expected);
    for (const { type, properties } of widgets) expect([type, properties.region, properties.period]).to.deep.equal(['metric', region, 60]);
  });
});
