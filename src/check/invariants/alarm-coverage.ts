import { Unknown, type Value } from '../../resolve';
import { valueOf } from '../value-path';
import { metricsIn, type MetricUse } from '../metrics/metric-use';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/** Metrics of a resource on which somebody must be told: one of each list. */
interface Watched {
  readonly type: string;
  readonly applies?: (resource: PlacedResource, environment: EnvironmentResources) => boolean;
  readonly namespace: string;
  readonly metrics: readonly (readonly string[])[];
}

const isReplica = (resource: PlacedResource): boolean => resource.at('SourceDBInstanceIdentifier') !== undefined;

const watched: readonly Watched[] = [
  { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', applies: (each) => each.at('Type') === undefined || each.at('Type') === 'application', namespace: 'AWS/ApplicationELB', metrics: [['HTTPCode_ELB_5XX_Count'], ['HTTPCode_Target_5XX_Count'], ['UnHealthyHostCount', 'HealthyHostCount']] },
  { type: 'AWS::RDS::DBInstance', applies: (each) => each.at('DBClusterIdentifier') === undefined && !isReplica(each), namespace: 'AWS/RDS', metrics: [['CPUUtilization'], ['FreeStorageSpace']] },
  { type: 'AWS::RDS::DBInstance', applies: isReplica, namespace: 'AWS/RDS', metrics: [['ReplicaLag']] },
  { type: 'AWS::ECS::Service', namespace: 'AWS/ECS', metrics: [['CPUUtilization'], ['MemoryUtilization']] },
  { type: 'AWS::SQS::Queue', applies: (each, environment) => isDeadLetterQueue(environment, each), namespace: 'AWS/SQS', metrics: [['ApproximateNumberOfMessagesVisible', 'NumberOfMessagesReceived']] },
];

/**
 * Which metrics tell that something is broken is AWS's advice, service by service.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export const alarmCoverage: Invariant = {
  id: 'failures_set_off_an_alarm',
  title: 'Load balancers, databases, services and dead-letter queues have alarms on what tells that they fail',
  severity: 'MEDIUM',
  controls: ['PCI DSS 4.0.1 10.7.2', 'NIST 800-53 r5 SI-4', 'NIST 800-53 r5 CA-7', 'SOC 2 CC7.2', 'SOC 2 A1.1', 'MAS TRM 2021 8.1'],
  requirements: ['KSH-94', 'KSH-112'],
  fix: 'Add alarm() for the metric beside its neighbours in the monitoring template',
  ofCatalogue: true,
  judge: (environment) => {
    const alarms = environment.of('AWS::CloudWatch::Alarm').map((alarm) => ({ alarm, uses: metricsIn(alarm.resource.properties, alarm.region) }));
    const subjects = watched.flatMap((each) => environment.of(each.type).filter((resource) => each.applies?.(resource, environment) ?? true).map((resource) => ({ resource, ...each })));
    return judgeEach(subjects, ({ resource, namespace, metrics }) => {
      const about = alarms.filter(({ alarm }) => alarm.region === resource.region).flatMap(({ uses }) => uses).filter((use) => names(environment, use, resource));
      const missing = metrics.filter((alternatives) => !about.some((use) => typeof use.name !== 'string' || (use.namespace === namespace && alternatives.includes(use.name))));
      return missing.map(([first = '']) => ({ resource, what: `No alarm watches ${first}`, now: `alarms on ${[...new Set(about.map(({ name }) => String(name)))].sort().join(', ') || 'nothing of it'}` }));
    });
  },
};

/** Whether a dimension of a metric names a resource: by its id or an attribute, or by the name that its properties fix. */
function names(environment: EnvironmentResources, { dimensions }: MetricUse, resource: PlacedResource): boolean {
  const own = ['Name', 'QueueName', 'DBInstanceIdentifier', 'ServiceName'].map((property) => resource.at(property)).filter((name): name is string => typeof name === 'string');
  return [...dimensions.values()].some((value) => (value instanceof Unknown ? environment.targets(value).includes(resource) : own.includes(String(value))));
}

function isDeadLetterQueue(environment: EnvironmentResources, queue: PlacedResource): boolean {
  const arns: Value[] = environment.of('AWS::SQS::Queue').flatMap((source) => valueOf(source.at('RedrivePolicy'), 'deadLetterTargetArn') ?? []);
  return arns.some((arn) => environment.target(arn) === queue);
}
