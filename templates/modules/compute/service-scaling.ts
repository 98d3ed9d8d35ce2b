import { Fn, type Handle, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { ScalableTarget, ScalingPolicy } from '../../../src/cfn/generated/applicationautoscaling';
import type { FargateServiceHandle } from './fargate-service';

/** Hours without tasks. */
export interface ScheduledStop {
  /** Cron expressions of Application Auto Scaling at which the tasks stop and start again. */
  readonly stop: string;
  readonly start: string;
  /** IANA time zone of both. */
  readonly timeZone: string;
}

/** How the number of a service's tasks follows its load. */
export interface ServiceScalingSettings {
  /** The service's part of the policies' names, for example `backend`. */
  readonly name: string;
  readonly cluster: Handle<'AWS::ECS::Cluster', 'Arn'>;
  readonly service: FargateServiceHandle;
  readonly minimum: number;
  readonly maximum: number;
  /** Percent of the reserved CPU, averaged over the tasks. @default 70, which leaves room while a new task starts */
  readonly cpu?: number;
  /** Percent of the reserved memory, averaged over the tasks. @default 80 */
  readonly memory?: number;
  /** @default tasks run at all hours */
  readonly scheduledStop?: ScheduledStop;
}

/** Seconds. Out quickly and in slowly: a task too many for five minutes costs less than one too few. */
const cooldown = { out: 60, in: 300 } as const;

/**
 * Target tracking on CPU and memory: the one that asks for more tasks wins.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
 */
export function serviceScaling(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ServiceScalingSettings): void {
  const { name, cluster, service, minimum, maximum, cpu = 70, memory = 80, scheduledStop } = settings;
  const target = t.add(
    `${id}Target`,
    new ScalableTarget({
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: Fn.Join('/', ['service', cluster.ref(), service.att('Name')]),
      MinCapacity: minimum,
      MaxCapacity: maximum,
      ...(scheduledStop ? { ScheduledActions: scheduledActions(scheduledStop, minimum, maximum) } : {}),
    }),
  );
  const policies = [
    { part: 'Cpu', metric: 'ECSServiceAverageCPUUtilization', value: cpu },
    { part: 'Memory', metric: 'ECSServiceAverageMemoryUtilization', value: memory },
  ];
  for (const { part, metric, value } of policies) {
    t.add(
      `${id}${part}Policy`,
      new ScalingPolicy({
        PolicyName: t.resourceName(`${name}-${part.toLowerCase()}`),
        PolicyType: 'TargetTrackingScaling',
        ScalingTargetId: target.ref(),
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: metric },
          TargetValue: value,
          ScaleOutCooldown: cooldown.out,
          ScaleInCooldown: cooldown.in,
        },
      }),
    );
  }
}

/** To no tasks at all and back. A maximum of zero keeps the policies from starting tasks in between. */
function scheduledActions({ stop, start, timeZone }: ScheduledStop, minimum: number, maximum: number): ScalableTarget.ScheduledAction[] {
  return [
    { ScheduledActionName: 'stop', Schedule: stop, Timezone: timeZone, ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } },
    { ScheduledActionName: 'start', Schedule: start, Timezone: timeZone, ScalableTargetAction: { MinCapacity: minimum, MaxCapacity: maximum } },
  ];
}
