import { Fn, type Condition, type Handle, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { ScalableTarget, ScalingPolicy } from '../../../src/cfn/generated/applicationautoscaling';
import { dimensionsOf, type Metric } from '../monitoring/alarm';
import type { LoadBalancerHandle } from './application-load-balancer';
import type { FargateServiceHandle } from './fargate-service';
import { busyActions, stopActions, type BusyHours, type ScheduledStop } from './scaling-schedule';
import type { TargetGroupHandle } from './target-group';

/** A number that the application counts for the whole service, to be shared out among its tasks. */
export interface LoadPerTask {
  /** The policy's part of names, for example `sessions`. */
  readonly name: string;
  /** Published once a minute by each task that counts; the sum over all of them is the load. A minute without data is no load. */
  readonly metric: Metric;
  /** Load that one task carries well. */
  readonly target: number;
}

/** How the number of a service's tasks follows its load. */
export interface ServiceScalingSettings {
  /** The service's part of the policies' names, for example `backend`. */
  readonly name: string;
  readonly cluster: Pick<Handle<'AWS::ECS::Cluster', 'Arn'>, 'ref'>;
  readonly service: FargateServiceHandle;
  readonly minimum: Value<number>;
  readonly maximum: Value<number>;
  /** Percent of the reserved CPU, averaged over the tasks. @default 70, which leaves room while a new task starts */
  readonly cpu?: number;
  /** Percent of the reserved memory, averaged over the tasks. @default 80 */
  readonly memory?: number;
  /** Requests that the load balancer sends to one task in a minute. @default not followed */
  readonly requests?: { readonly perMinute: number; readonly loadBalancer: LoadBalancerHandle; readonly targetGroup: TargetGroupHandle };
  /** A load that the application itself counts. Needs Container Insights, which counts the tasks. @default none */
  readonly load?: LoadPerTask;
  /** @default tasks run at all hours */
  readonly scheduledStop?: ScheduledStop;
  /** @default the same minimum at all hours */
  readonly busyHours?: BusyHours;
  /** Where it scales. @default everywhere; elsewhere it keeps the tasks that somebody gives it */
  readonly when?: Condition;
}

/** Seconds. Out quickly and in slowly: a task too many for five minutes costs less than one too few. */
const cooldown = { out: 60, in: 300 } as const;

type Tracked = Pick<ScalingPolicy.TargetTrackingScalingPolicyConfiguration, 'PredefinedMetricSpecification' | 'CustomizedMetricSpecification'>;

/**
 * Target tracking on CPU, memory and, where given, requests and the application's own load: the one that asks for most tasks
 * wins, and tasks go only when all agree.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
 */
export function serviceScaling(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ServiceScalingSettings): void {
  const { name, cluster, service, minimum, maximum, cpu = 70, memory = 80, requests, load, scheduledStop, busyHours, when } = settings;
  const schedule = [...(scheduledStop ? stopActions(scheduledStop, settings) : []), ...(busyHours ? busyActions(busyHours, settings) : [])];
  const target = t.add(
    `${id}Target`,
    new ScalableTarget({
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: Fn.Join('/', ['service', cluster.ref(), service.att('Name')]),
      MinCapacity: minimum,
      MaxCapacity: maximum,
      ...(schedule.length ? { ScheduledActions: schedule } : {}),
    }),
    { when },
  );
  const track = (part: string, tracked: Tracked, value: number) =>
    t.add(
      `${id}${part}Policy`,
      new ScalingPolicy({
        PolicyName: t.resourceName(`${name}-${part.toLowerCase()}`),
        PolicyType: 'TargetTrackingScaling',
        ScalingTargetId: target.ref(),
        TargetTrackingScalingPolicyConfiguration: { ...tracked, TargetValue: value, ScaleOutCooldown: cooldown.out, ScaleInCooldown: cooldown.in },
      }),
      { when },
    );
  track('Cpu', { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } }, cpu);
  track('Memory', { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' } }, memory);
  if (requests) {
    const label = Fn.Join('/', [requests.loadBalancer.att('LoadBalancerFullName'), requests.targetGroup.att('TargetGroupFullName')]);
    track('Requests', { PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: label } }, requests.perMinute);
  }
  if (load) track(load.name.charAt(0).toUpperCase() + load.name.slice(1), { CustomizedMetricSpecification: sharedAmongTasks(load, settings) }, load.target);
}

/**
 * The load divided by the running tasks. A load that is silent counts as none: otherwise target tracking would not let tasks go
 * while it is missing, whatever the other policies say.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 */
function sharedAmongTasks({ name, metric }: LoadPerTask, { cluster, service }: ServiceScalingSettings): ScalingPolicy.CustomizedMetricSpecification {
  const tasks: Metric = { namespace: 'ECS/ContainerInsights', name: 'RunningTaskCount', dimensions: { ClusterName: cluster.ref(), ServiceName: service.att('Name') } };
  const query = (Id: string, of: Metric, Stat: string): ScalingPolicy.TargetTrackingMetricDataQuery => ({
    Id,
    MetricStat: { Metric: { Namespace: of.namespace, MetricName: of.name, Dimensions: dimensionsOf(of) }, Stat },
    ReturnData: false,
  });
  return {
    Metrics: [
      query('load', metric, 'Sum'),
      query('tasks', tasks, 'Average'),
      { Id: 'perTask', Expression: 'FILL(load, 0) / tasks', Label: `${name} of one task`, ReturnData: true },
    ],
  };
}
