import type { ValueObject } from '../../../resolve';
import { elementsOf, objectAt, type PlacedResource } from '../../system-index';
import type { Costing, CostContext, Use } from '../cost-line';

const component = 'Tables';

/** A DynamoDB table: on demand by its requests, or by the capacity that is kept for them; writes in each region of a replica. */
export const tables: Costing = (table, context) => {
  const replicas = elementsOf(table.properties['Replicas']);
  const regions = replicas.length > 0 ? replicas.map(({ Region }) => String(Region)) : [table.region];
  const requests = table.properties['BillingMode'] === 'PROVISIONED' ? provisioned(table, replicas, context) : onDemand(regions, context);
  return [...requests, ...regions.map((region) => ({ component, price: 'dynamodb-storage', quantity: context.usage.tableGigabytes, region }) as const)];
};

function onDemand(regions: readonly string[], { usage, primary }: CostContext): Use[] {
  return [
    ...regions.map((region) => ({ component, price: 'dynamodb-write', quantity: usage.tableRequests / 1e6, region }) as const),
    { component, price: 'dynamodb-read', quantity: usage.tableRequests / 1e6, region: regions.includes(primary) ? primary : regions[0] },
  ];
}

function provisioned({ properties, region }: PlacedResource, replicas: readonly ValueObject[], { usage, primary }: CostContext): Use[] {
  const second = usage.tableRequests / (usage.hours * 3600);
  const writes = kept(objectAt(properties, 'WriteProvisionedThroughputSettings', 'WriteCapacityAutoScalingSettings'), second);
  return replicas.flatMap((replica): Use[] => {
    const settings = objectAt(replica, 'ReadProvisionedThroughputSettings');
    const of = String(replica['Region'] ?? region);
    const asked = of === primary ? second : 0;
    const reads = settings['ReadCapacityUnits'] === undefined ? kept(objectAt(settings, 'ReadCapacityAutoScalingSettings'), asked) : Number(settings['ReadCapacityUnits']);
    return [
      { component, price: 'dynamodb-write-capacity', quantity: writes * usage.hours, region: of },
      { component, price: 'dynamodb-read-capacity', quantity: reads * usage.hours, region: of },
    ];
  });
}

/** Capacity units on average: what is asked of each second at the share that scaling aims for, within its least and most. */
function kept(scaling: ValueObject, second: number): number {
  const target = Number(objectAt(scaling, 'TargetTrackingScalingPolicyConfiguration')['TargetValue'] ?? 70) / 100;
  return Math.min(Number(scaling['MaxCapacity']), Math.max(Number(scaling['MinCapacity']), second / target));
}
