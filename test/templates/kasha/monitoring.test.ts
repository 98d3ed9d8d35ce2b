import { expect } from 'chai';
import { monitoring } from '../../../templates/systems/kasha/monitoring';
import { requirement } from '../../requirements/requirement';
import { jsonIn, ofType, resolved } from './built';

const parameters = {
  AlarmEmail: 'alarms@example.com',
  DefaultKeyArn: 'arn:aws:kms:us-east-1:111111111111:key/default',
  ClusterName: 'cluster',
  FrontendServiceName: 'frontend',
  BackendServiceName: 'backend',
  LoadBalancerFullName: 'app/alb/1',
  BackendLoadBalancerFullName: 'app/backend-alb/2',
  FrontendTargetGroupFullName: 'targetgroup/frontend/3',
  BackendTargetGroupFullName: 'targetgroup/backend/4',
  DatabaseIdentifier: 'database',
  ReplicaIdentifier: 'replica',
};
const stack = resolved(monitoring, 'us-east-1', 'production', parameters);
const alarms = ofType(stack, 'AWS::CloudWatch::Alarm');

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

/** A metric as `namespace name value of each dimension`. */
const written = ({ Namespace, MetricName, Dimensions }: Metric): string => [Namespace, MetricName, ...Dimensions.map(({ Value }) => Value)].join(' ');

describe('Kasha monitoring', () => {
  requirement('KSH-03', 'sets 99.99 % of good requests in thirty days as the target, measured at the public load balancer', () => {
    const objective = ofType(stack, 'AWS::ApplicationSignals::ServiceLevelObjective')['Availability'];
    expect(objective.Goal).to.deep.include({ AttainmentGoal: 99.99, Interval: { RollingInterval: { Duration: 30, DurationUnit: 'DAY' } } });
    const { TotalRequestCountMetric, MonitoredRequestCountMetric } = objective.RequestBasedSli.RequestBasedSliMetric;
    expect(TotalRequestCountMetric.map(({ MetricStat }: { MetricStat: { Metric: Metric } }) => written(MetricStat.Metric))).to.deep.equal(['AWS/ApplicationELB RequestCount app/alb/1']);
    const bad = MonitoredRequestCountMetric.BadCountMetric as readonly { Expression?: string; MetricStat?: { Metric: Metric } }[];
    expect(bad.flatMap(({ MetricStat }) => (MetricStat ? [written(MetricStat.Metric)] : []))).to.deep.equal(['AWS/ApplicationELB HTTPCode_ELB_5XX_Count app/alb/1', 'AWS/ApplicationELB HTTPCode_Target_5XX_Count app/alb/1']);
    expect(bad.at(-1)?.Expression).to.equal('FILL(bad1, 0) + FILL(bad2, 0)');
  });

  const deadLetters = [
    { id: 'QueueDeadLetters', queue: 'kasha-queue-dlq-prod-main' },
    { id: 'PriorityQueueDeadLetters', queue: 'kasha-priority-queue-dlq-prod-main' },
    { id: 'NotificationQueueDeadLetters', queue: 'kasha-notification-queue-dlq-prod-main' },
    { id: 'PriorityNotificationQueueDeadLetters', queue: 'kasha-priority-notification-queue-dlq-prod-main' },
  ];
  for (const { id, queue } of deadLetters) {
    requirement('KSH-94', `goes off within a minute when one message arrives in ${queue}`, () => {
      expect(written(alarms[id])).to.equal(`AWS/SQS ApproximateNumberOfMessagesVisible ${queue}`);
      expect(alarms[id]).to.include({ ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1, Period: 60, EvaluationPeriods: 1, Statistic: 'Maximum' });
    });
  }

  const watched = [
    { what: 'CPU of the frontend', id: 'FrontendCpu', metric: 'AWS/ECS CPUUtilization cluster frontend' },
    { what: 'CPU of the backend', id: 'BackendCpu', metric: 'AWS/ECS CPUUtilization cluster backend' },
    { what: 'memory of the frontend', id: 'FrontendMemory', metric: 'AWS/ECS MemoryUtilization cluster frontend' },
    { what: 'memory of the backend', id: 'BackendMemory', metric: 'AWS/ECS MemoryUtilization cluster backend' },
    { what: 'errors of the frontend', id: 'FrontendErrors', metric: 'AWS/ApplicationELB HTTPCode_Target_5XX_Count app/alb/1' },
    { what: 'errors of the backend', id: 'BackendErrors', metric: 'AWS/ApplicationELB HTTPCode_Target_5XX_Count app/backend-alb/2' },
    { what: 'errors of the public load balancer', id: 'FrontendLoadBalancerErrors', metric: 'AWS/ApplicationELB HTTPCode_ELB_5XX_Count app/alb/1' },
    { what: 'errors of the backend load balancer', id: 'BackendLoadBalancerErrors', metric: 'AWS/ApplicationELB HTTPCode_ELB_5XX_Count app/backend-alb/2' },
    { what: 'unhealthy frontend tasks', id: 'FrontendUnhealthy', metric: 'AWS/ApplicationELB UnHealthyHostCount app/alb/1 targetgroup/frontend/3' },
    { what: 'unhealthy backend tasks', id: 'BackendUnhealthy', metric: 'AWS/ApplicationELB UnHealthyHostCount app/backend-alb/2 targetgroup/backend/4' },
    { what: 'CPU of the database', id: 'DatabaseCpu', metric: 'AWS/RDS CPUUtilization database' },
    { what: 'storage of the database', id: 'DatabaseStorage', metric: 'AWS/RDS FreeStorageSpace database' },
    { what: 'lag of the replica', id: 'ReplicaLag', metric: 'AWS/RDS ReplicaLag replica' },
    { what: 'a replica that replicates no more', id: 'ReplicaStopped', metric: 'AWS/RDS ReplicaLag replica' },
  ];
  for (const { what, id, metric } of watched) requirement('KSH-112', `watches ${what}`, () => expect(written(alarms[id])).to.equal(metric));

  requirement('KSH-112', 'takes the lag of -1, which RDS reports of a replica that has stopped, for an alarm', () => {
    expect(alarms['ReplicaStopped']).to.include({ Statistic: 'Minimum', ComparisonOperator: 'LessThanThreshold', Threshold: 0 });
    expect(alarms['ReplicaLag']).to.include({ Statistic: 'Maximum', ComparisonOperator: 'GreaterThanThreshold', Threshold: 30 });
  });

  requirement('KSH-112', 'mails every alarm by one topic, encrypted, to which CloudWatch of this account alone may publish', () => {
    const [topic] = Object.values(ofType(stack, 'AWS::SNS::Topic'));
    expect(topic?.KmsMasterKeyId).to.equal(parameters.DefaultKeyArn);
    expect(alarms).to.include.all.keys(...[...deadLetters, ...watched].map(({ id }) => id));
    for (const [id, { AlarmActions, ActionsEnabled }] of Object.entries(alarms)) {
      expect(ActionsEnabled, id).to.equal(true);
      expect(AlarmActions[0].origin, id).to.include({ type: 'AWS::SNS::Topic', logicalId: 'Alarms' });
    }
    const [{ PolicyDocument }] = Object.values(ofType(stack, 'AWS::SNS::TopicPolicy')) as [Record<string, any>];
    expect(PolicyDocument.Statement[0]).to.deep.include({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['sns:Publish'] });
    expect(PolicyDocument.Statement[0].Condition.StringEquals).to.deep.equal({ 'aws:SourceAccount': '111111111111' });
  });

  requirement('KSH-112', 'has a dashboard for each region, under a name of its own, that shows the region’s metrics', () => {
    for (const region of ['us-east-1', 'ap-southeast-1'] as const) {
      const [board] = Object.values(ofType(resolved(monitoring, region, 'production', parameters), 'AWS::CloudWatch::Dashboard'));
      expect(board?.DashboardName).to.equal(`kasha-overview-prod-main-${region}`);
      const { widgets } = jsonIn(board, 'DashboardBody') as { widgets: readonly { properties: { region: string } }[] };
      expect(widgets).to.have.length(6);
      for (const { properties } of widgets) expect(properties.region).to.equal(region);
    }
  });

  requirement('KSH-113', 'learns the usual load of the database from Performance Insights and goes off above it', () => {
    const { Metrics, ComparisonOperator, ThresholdMetricId } = alarms['DatabaseLoad'];
    expect(written(Metrics[0].MetricStat.Metric)).to.equal('AWS/RDS DBLoad database');
    expect(Metrics[1]).to.deep.include({ Id: ThresholdMetricId, Expression: 'ANOMALY_DETECTION_BAND(actual, 3)' });
    expect(ComparisonOperator).to.equal('GreaterThanUpperThreshold');
  });

  requirement('KSH-113', 'asks for no load where the instance class has no Performance Insights', () => {
    expect(ofType(resolved(monitoring, 'us-east-1', 'develop', parameters), 'AWS::CloudWatch::Alarm')).not.to.have.property('DatabaseLoad');
  });
});
