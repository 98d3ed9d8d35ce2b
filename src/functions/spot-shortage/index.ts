import { concernsSpot, serviceOf, type EcsEvent, type ScheduledEvent } from './event';
import { describe, isQuiet, onDemand, redeploy, usesSpot } from './service';
import { settingsIn, type Settings } from './settings';

/**
 * Moves a service from Fargate Spot to Fargate on demand while Spot capacity is short, and back. ECS does neither by itself: a
 * task for which its strategy chose Spot waits until there is Spot capacity.
 *
 * - On an event of ECS (no capacity for a task, or a task taken back) the service that it is about loses the Spot share of its
 *   strategy. A service that has none keeps as it is, so that the many events of one shortage make one deployment.
 * - On a schedule, each service without Spot returns to its template's strategy when `QUIET_HOURS` have passed since its last
 *   deployment and the last shortage in its events. Is Spot still short, the next event moves it again: at worst one deployment
 *   in each of these periods.
 *
 * A rollout that updates the service brings the template's strategy back at once, and so does a deployment that ECS rolls back;
 * there too the next event decides anew. Until then the stack's drift shows the service.
 *
 * The role needs `ecs:DescribeServices` and `ecs:UpdateService` on the services. Concurrent invocations for one service may
 * deploy it twice, the second deployment taking the place of the first.
 */
export async function handler(event: EcsEvent | ScheduledEvent): Promise<void> {
  const settings = settingsIn(process.env);
  if (event['detail-type'] === 'Scheduled Event') {
    for (const name of Object.keys(settings.strategies)) await returnToSpot(name, settings);
    return;
  }
  const name = concernsSpot(event) ? serviceOf(event) : undefined;
  if (name !== undefined && name in settings.strategies) await leaveSpot(name, settings);
}

async function leaveSpot(name: string, { cluster, strategies }: Settings): Promise<void> {
  if (!usesSpot(await describe(cluster, name))) return;
  await redeploy(cluster, name, onDemand(strategies[name] ?? []));
  console.log(`${name}: Fargate Spot is short, new tasks run on demand`);
}

async function returnToSpot(name: string, { cluster, strategies, quietHours }: Settings): Promise<void> {
  const service = await describe(cluster, name);
  if (usesSpot(service) || !isQuiet(service, quietHours, new Date())) return;
  await redeploy(cluster, name, strategies[name] ?? []);
  console.log(`${name}: no shortage for ${quietHours} hours, back to the template's share of Fargate Spot`);
}
