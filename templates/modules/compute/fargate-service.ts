import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Service } from '../../../src/cfn/generated/ecs';
import type { FargateTaskHandle } from './fargate-task';
import type { TargetGroupHandle } from './target-group';

/** A service that keeps tasks running behind a load balancer. */
export interface FargateServiceSettings {
  readonly name: Name;
  readonly cluster: Handle<'AWS::ECS::Cluster', 'Arn'>;
  readonly task: FargateTaskHandle;
  /** Name and port of the task's container. */
  readonly container: string;
  readonly port: number;
  /** Tasks to start with; scaling takes over. An update of the service returns to it, and scaling starts from there again. */
  readonly desiredCount: number;
  /** Private subnets, one in each Availability Zone, as a list. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  readonly targetGroup: TargetGroupHandle;
  /** The listener or rules that send to the target group: ECS refuses a target group that no load balancer uses. */
  readonly after: readonly Handle[];
  /** Runs every task on Fargate Spot. @default false, because AWS takes Spot capacity back two minutes after a warning */
  readonly spot?: boolean;
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
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
 */
export function fargateService(t: TemplateBuilder<Parameters, unknown>, id: string, settings: FargateServiceSettings): FargateServiceHandle {
  const { name, cluster, task, container, port, desiredCount, subnetIds, securityGroupId, targetGroup, after, spot = false, executeCommand = false, gracePeriodSeconds = 60 } = settings;
  return t.add(
    id,
    new Service({
      ServiceName: name,
      Cluster: cluster.ref(),
      TaskDefinition: task.ref(),
      DesiredCount: desiredCount,
      CapacityProviderStrategy: [spot ? { CapacityProvider: 'FARGATE_SPOT', Weight: 1 } : { CapacityProvider: 'FARGATE', Base: desiredCount, Weight: 1 }],
      PlatformVersion: 'LATEST',
      AvailabilityZoneRebalancing: 'ENABLED',
      DeploymentConfiguration: {
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      },
      HealthCheckGracePeriodSeconds: gracePeriodSeconds,
      LoadBalancers: [{ ContainerName: container, ContainerPort: port, TargetGroupArn: targetGroup.ref() }],
      NetworkConfiguration: {
        AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: subnetIds, SecurityGroups: [securityGroupId] },
      },
      EnableExecuteCommand: executeCommand,
      EnableECSManagedTags: true,
      PropagateTags: 'SERVICE',
    }),
    { after },
  );
}
