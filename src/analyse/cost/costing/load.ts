import { elementsOf, objectAt, type PlacedResource } from '../../system-index';
import type { CostContext } from '../cost-line';

/** Whether a resource carries the traffic of users: what stands by carries none. */
export const serves = ({ region }: PlacedResource, primary: string): boolean => region === primary;

/**
 * Tasks of a service on average: in the region that serves a share of what scaling may add to the least, in a standby the least. What a
 * schedule adds for some hours is within the share; a schedule that stops tasks is counted by its hours of a working week.
 */
export function averageTasks(service: PlacedResource, { index, usage, primary }: CostContext): number {
  const target = index.ofType('AWS::ApplicationAutoScaling::ScalableTarget').find((each) => each.region === service.region && index.referredBy(each.properties['ResourceId']).includes(service));
  const desired = Number(service.properties['DesiredCount'] ?? 1);
  const least = Number(target?.properties['MinCapacity'] ?? desired);
  const most = Number(target?.properties['MaxCapacity'] ?? desired);
  const running = serves(service, primary) ? least + (most - least) * usage.busyShare : least;
  const stops = elementsOf(target?.properties['ScheduledActions']).some((action) => objectAt(action, 'ScalableTargetAction')['MaxCapacity'] === 0);
  return stops ? running * workingHours : running;
}

/** Thirteen hours on five days of seven, of all hours. */
export const workingHours = (13 * 5) / (24 * 7);
