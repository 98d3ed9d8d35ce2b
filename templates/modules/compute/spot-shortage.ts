import { Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { alarm } from '../monitoring/alarm';
import { allow, arn } from '../security/policy';
import { eventFunction } from './event-function';
import { spotCapacity, type SpotShare } from './fargate-service';

/** Services that leave Fargate Spot while its capacity is short. */
export interface SpotShortageSettings {
  readonly cluster: Handle<'AWS::ECS::Cluster', 'Arn'>;
  readonly clusterName: Name;
  /** With the share of each, or `true` for one that runs on Spot alone. */
  readonly services: readonly { readonly name: Name; readonly share: true | SpotShare }[];
  /**
   * Hours without a shortage after which a service returns to its share of Spot, 1 or more. @default 4: a shortage seldom ends
   * sooner, and a return too early costs a deployment
   */
  readonly quietHours?: number;
  /** Key of log and failed events. Its policy must let `events.amazonaws.com` use it. */
  readonly keyArn: IntrinsicFunction;
  readonly topic: IntrinsicFunction;
  /** Days that the function's log stays. */
  readonly logRetentionInDays: number;
}

/**
 * What ECS does not do by itself: moves services wholly to Fargate on demand when Fargate Spot has no capacity for a task, or
 * takes one back, and returns them when the shortage is over. Either way a deployment replaces the tasks, healthy ones first.
 *
 * The template's strategy comes back with each rollout that changes the service; if Spot is still short, the next event moves the
 * service again. Until the function returns it, the service shows as drift of its stack.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
export function spotShortage(t: TemplateBuilder<Parameters, unknown>, id: string, settings: SpotShortageSettings): void {
  const { cluster, clusterName, services, quietHours = 4, keyArn, topic, logRetentionInDays } = settings;
  const name = 'spot-shortage';
  const ofCluster = { clusterArn: [cluster.att('Arn')] };
  const serviceArns = services.map((service) => arn('ecs', `service/${clusterName.text}/${service.name.text}`));
  const strategies = Object.fromEntries(services.map((service) => [service.name.text, strategyOf(service.share)]));
  const { placement, interruption } = eventFunction(t, id, {
    source: name,
    name,
    description: 'Moves services from Fargate Spot to Fargate on demand while Spot capacity is short, and back',
    keyArn,
    logRetentionInDays,
    environment: { CLUSTER: cluster.ref(), STRATEGIES: Fn.Sub(JSON.stringify(strategies)), QUIET_HOURS: String(quietHours) },
    statements: [allow(['ecs:DescribeServices', 'ecs:UpdateService'], serviceArns)],
    rules: {
      placement: {
        description: 'Fargate has no capacity for a task of the services',
        pattern: { source: ['aws.ecs'], 'detail-type': ['ECS Service Action'], resources: serviceArns, detail: { ...ofCluster, eventName: ['SERVICE_TASK_PLACEMENT_FAILURE'], reason: ['RESOURCE:FARGATE'] } },
      },
      interruption: {
        description: 'AWS takes a Fargate Spot task of the services back',
        pattern: { source: ['aws.ecs'], 'detail-type': ['ECS Task State Change'], detail: { ...ofCluster, group: services.map((service) => service.name.after('service:')), stopCode: ['SpotInterruption'] } },
      },
      return: { description: 'Looks whether a shortage of Fargate Spot is over', schedule: 'rate(1 hour)' },
    },
    topic,
  });
  for (const [part, rule, what] of [['Placement', placement, 'has no capacity for a task'], ['Interruption', interruption, 'took a task back']] as const) {
    alarm(t, `${id}${part}Alarm`, {
      name: `${name}-${part.toLowerCase()}`,
      description: `Fargate Spot ${what}: the service runs on demand, which costs more, until ${quietHours} hours have passed without a shortage. Nothing to do, unless tasks stay missing.`,
      metric: { namespace: 'AWS/Events', name: 'TriggeredRules', dimensions: { RuleName: rule.ref() } },
      statistic: 'Sum',
      comparison: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      period: 300,
      periods: 1,
      topic,
    });
  }
}

/** A strategy as the API of ECS takes it. */
function strategyOf(share: true | SpotShare): readonly { readonly capacityProvider: string; readonly base?: number; readonly weight: number }[] {
  return spotCapacity(share).map(({ CapacityProvider, Base, Weight }) => ({ capacityProvider: CapacityProvider, ...(Base === undefined ? {} : { base: Base }), weight: Weight }));
}
