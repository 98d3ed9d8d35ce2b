import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Service } from '../../../src/cfn/generated/ecs';
import type { FargateTaskHandle } from './fargate-task';
import type { TargetGroupHandle } from './target-group';

/** How many of a service's tasks run on demand, and how many on Fargate Spot, which AWS takes back two minutes after a warning. */
export interface SpotShare {
  /** The first tasks, which always run on demand: as many as the service can't do without. */
  readonly base: number;
  /** Shares of the tasks above `base`, both 1 or more: with 1 and 3, every fourth of them runs on demand. */
  readonly onDemandWeight: number;
  readonly spotWeight: number;
}

/** A capacity provider strategy that runs every task on Spot, or fills `base` on demand and mixes what comes above. */
export function spotCapacity(spot: true | SpotShare): readonly { readonly CapacityProvider: string; readonly Base?: number; readonly Weight: number }[] {
  if (spot === true) return [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }];
  return [
    { CapacityProvider: 'FARGATE', Base: spot.base, Weight: spot.onDemandWeight },
    { CapacityProvider: 'FARGATE_SPOT', Weight: spot.spotWeight },
  ];
}

/** A service that keeps tasks running, behind a load balancer or not. */
export interface FargateServiceSettings {
  readonly name: Name;
  readonly cluster: Pick<Handle<'AWS::ECS::Cluster', 'Arn'>, 'ref'>;
  readonly task: FargateTaskHandle;
  /** Name and port of the task's container. */
  readonly container: string;
  readonly port: number;
  /** Tasks to start with; scaling takes over. An update of the service returns to it, and scaling starts from there again. */
  readonly desiredCount: Value<number>;
  /** Private subnets, one in each Availability Zone, as a list. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** Further groups that the tasks are in, four at most. @default none */
  readonly alsoGroupIds?: readonly IntrinsicFunction[];
  /** @default none: no load balancer sends requests to the tasks */
  readonly targetGroup?: TargetGroupHandle;
  /** Cloud Map service under whose name each task's address stands. @default none */
  readonly registry?: Pick<Handle<'AWS::ServiceDiscovery::Service', 'Arn' | 'Id' | 'Name'>, 'att'>;
  /** Further target groups that the tasks join, four at most, each of another load balancer. @default none */
  readonly alsoIn?: readonly TargetGroupHandle[];
  /** The listener or rules that send to the target groups: ECS refuses a target group that no load balancer uses. */
  readonly after: readonly Handle[];
  /** Runs every task on Fargate Spot, or a share of them. @default false, because AWS takes Spot capacity back two minutes after a warning */
  readonly spot?: boolean | SpotShare;
  /**
   * Alarms that end a deployment and bring the last good one back. They must not watch the service itself, because they have to
   * stand before it. @default none: only tasks that do not start or stay healthy end a deployment
   */
  readonly rollbackAlarms?: readonly Handle<'AWS::CloudWatch::Alarm', 'Arn'>[];
  /** Allows a shell into running tasks. @default false */
  readonly executeCommand?: boolean;
  /** Seconds in which a new task may fail the load balancer's checks. @default 60, for images that start within a minute */
  readonly gracePeriodSeconds?: number;
}

export type FargateServiceHandle = Handle<'AWS::ECS::Service', 'Name' | 'ServiceArn'>;

/**
 * A service whose deployments never go below full strength, roll themselves back when the new tasks do not become healthy, and
 * whose tasks are spread over the Availability Zones again after one came back.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
 */
export function fargateService(t: TemplateBuilder<Parameters, unknown>, id: string, settings: FargateServiceSettings): FargateServiceHandle {
  const { name, cluster, task, container, port, desiredCount, subnetIds, securityGroupId, alsoGroupIds = [], targetGroup, registry, alsoIn = [], after, spot = false, rollbackAlarms = [], executeCommand = false, gracePeriodSeconds = 60 } = settings;
  const targetGroups = [...(targetGroup ? [targetGroup] : []), ...alsoIn];
  return t.add(
    id,
    new Service({
      ServiceName: name,
      Cluster: cluster.ref(),
      TaskDefinition: task.ref(),
      DesiredCount: desiredCount,
      CapacityProviderStrategy: strategyOf(spot, desiredCount),
      PlatformVersion: 'LATEST',
      AvailabilityZoneRebalancing: 'ENABLED',
      DeploymentConfiguration: {
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        ...(rollbackAlarms.length ? { Alarms: { AlarmNames: rollbackAlarms.map((alarm) => alarm.ref()), Enable: true, Rollback: true } } : {}),
      },
      ...(targetGroups.length
        ? { HealthCheckGracePeriodSeconds: gracePeriodSeconds, LoadBalancers: targetGroups.map((group) => ({ ContainerName: container, ContainerPort: port, TargetGroupArn: group.ref() })) }
        : {}),
      ...(registry ? { ServiceRegistries: [{ RegistryArn: registry.att('Arn') }] } : {}),
      NetworkConfiguration: {
        AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: subnetIds, SecurityGroups: [securityGroupId, ...alsoGroupIds] },
      },
      EnableExecuteCommand: executeCommand,
      EnableECSManagedTags: true,
      PropagateTags: 'SERVICE',
    }),
    { after },
  );
}

function strategyOf(spot: boolean | SpotShare, desiredCount: Value<number>): readonly Service.CapacityProviderStrategyItem[] {
  return spot === false ? [{ CapacityProvider: 'FARGATE', Base: desiredCount, Weight: 1 }] : spotCapacity(spot);
}
