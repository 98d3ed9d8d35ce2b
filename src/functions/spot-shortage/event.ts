/** An event of ECS, as far as it is read: a service that found no capacity, or a task that is taken back. */
export interface EcsEvent {
  readonly 'detail-type': 'ECS Service Action' | 'ECS Task State Change';
  /** ARNs: of the service in a service action, of the task in a change of a task's state. */
  readonly resources: readonly string[];
  readonly detail: {
    /** The task's group, `service:<name>` for the tasks of a service. */
    readonly group?: string;
    /** The capacity providers that had no capacity for a task of the service. */
    readonly capacityProviderArns?: readonly string[];
  };
}

/** The event of a schedule. */
export interface ScheduledEvent {
  readonly 'detail-type': 'Scheduled Event';
}

/** Whether an event tells of Fargate Spot: unless it names other capacity providers and not that one. */
export function concernsSpot({ detail: { capacityProviderArns } }: EcsEvent): boolean {
  return capacityProviderArns?.some((arn) => arn.endsWith('/FARGATE_SPOT')) ?? true;
}

/**
 * The name of the service that an event of ECS is about; nothing when a task belongs to none.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export function serviceOf({ 'detail-type': type, resources, detail }: EcsEvent): string | undefined {
  if (type === 'ECS Task State Change') return /^service:(.+)$/.exec(detail.group ?? '')?.[1];
  return resources[0]?.split('/').at(-1);
}
