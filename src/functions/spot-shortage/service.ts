import { DescribeServicesCommand, ECSClient, UpdateServiceCommand, type Service } from '@aws-sdk/client-ecs';
import type { Strategy } from './settings';

const SPOT = 'FARGATE_SPOT';
const HOUR = 3_600_000;

/** How ECS words in a service's events that there was no capacity for a task. */
const NO_CAPACITY = /capacity is unavailable/i;

const ecs = new ECSClient({});

/** @throws Error when the cluster has no such service that is active */
export async function describe(cluster: string, name: string): Promise<Service> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const service = services.find(({ status }) => status === 'ACTIVE');
  if (!service) throw new Error(`Service ${name}: cluster ${cluster} has no active service of that name. Correct STRATEGIES, or remove the rule.`);
  return service;
}

/** Whether tasks of a service may run on Fargate Spot. */
export function usesSpot({ capacityProviderStrategy = [] }: Service): boolean {
  return capacityProviderStrategy.some(({ capacityProvider }) => capacityProvider === SPOT);
}

/** A strategy without its Spot share: on demand alone, also where it has nothing but Spot. */
export function onDemand(strategy: Strategy): Strategy {
  const others = strategy.filter(({ capacityProvider }) => capacityProvider !== SPOT);
  return others.length > 0 ? others : [{ capacityProvider: 'FARGATE', weight: 1 }];
}

/** Whether a service had capacity for all its tasks, and was not deployed, for so many hours until `now`. */
export function isQuiet({ deployments = [], events = [] }: Service, hours: number, now: Date): boolean {
  const before = now.getTime() - hours * HOUR;
  const shortages = events.filter(({ message = '' }) => NO_CAPACITY.test(message));
  const latest = [...deployments, ...shortages].map(({ createdAt }) => createdAt?.getTime() ?? Infinity);
  return deployments.length === 1 && latest.every((time) => time < before);
}

/**
 * Gives a service another strategy by a deployment of the task definition that it has: ECS accepts a change of the strategy only so. The
 * deployment keeps to the service's own rules, so that no task goes before another is healthy in its place.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export async function redeploy(cluster: string, name: string, strategy: Strategy): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ cluster, service: name, capacityProviderStrategy: [...strategy], forceNewDeployment: true }));
}
