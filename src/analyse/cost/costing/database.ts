import { objectAt, type PlacedResource } from '../../system-index';
import type { Component, CostContext, Costings, Use } from '../cost-line';
import { serves } from './load';
import { tables } from './tables';

const component: Component = 'Database';

/** Relational databases, and DynamoDB tables. */
export const database: Costings = {
  'AWS::RDS::DBInstance': (instance, context) => {
    if (instance.properties['DBInstanceClass'] === 'db.serverless') return capacity(instance, context);
    return instance.properties['DBClusterIdentifier'] === undefined ? standalone(instance, context) : [{ component, price: auroraPrice(instance), quantity: context.usage.hours }];
  },
  'AWS::RDS::DBCluster': (cluster, { usage, primary }) => {
    const copied = cluster.properties['GlobalClusterIdentifier'] !== undefined && !serves(cluster, primary);
    return [
      { component, price: 'aurora-storage', quantity: usage.databaseGigabytes },
      { component, price: 'aurora-io', quantity: serves(cluster, primary) ? usage.databaseRequests / 1e6 : 0 },
      ...(copied ? [{ component, price: 'aurora-replicated-write', quantity: usage.databaseWrites / 1e6 }] : []),
    ];
  },
  // Two processors are the least that a proxy is billed for.
  'AWS::RDS::DBProxy': (_, { usage }) => [{ component, price: 'rds-proxy', quantity: 2 * usage.hours }],
  // An endpoint beside the proxy's own is an interface endpoint in each of its zones.
  'AWS::RDS::DBProxyEndpoint': ({ properties }, { index, usage }) => [{ component, price: 'endpoint-hour', quantity: Math.max(2, index.referredBy(properties['VpcSubnetIds']).length) * usage.hours }],
  'AWS::ApplicationAutoScaling::ScalableTarget': (target, context) => (target.properties['ServiceNamespace'] === 'rds' ? scaledReaders(target, context) : []),
  'AWS::DynamoDB::GlobalTable': tables,
};

const auroraPrice = ({ properties }: PlacedResource): string => `aurora-${String(properties['DBInstanceClass'])}`;

/** Aurora capacity: a share of the room above the least where users are served, the least where it stands by. */
function capacity(instance: PlacedResource, { index, usage, primary }: CostContext): Use[] {
  const [cluster] = index.referredBy(instance.properties['DBClusterIdentifier']);
  const room = objectAt(cluster?.properties ?? {}, 'ServerlessV2ScalingConfiguration');
  const [least, most] = [Number(room['MinCapacity']), Number(room['MaxCapacity'])];
  const units = serves(instance, primary) ? least + (most - least) * usage.databaseBusyShare : least;
  return [{ component, price: 'aurora-capacity', quantity: units * usage.hours }];
}

/**
 * The readers that scaling adds to those of the template, in their class. Its least counts those of the template.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
function scaledReaders(target: PlacedResource, { index, usage, primary }: CostContext): Use[] {
  const [cluster] = index.referredBy(target.properties['ResourceId']);
  const instances = cluster ? index.referring('AWS::RDS::DBInstance', 'DBClusterIdentifier', cluster) : [];
  const [first] = instances;
  const [least, most] = [Number(target.properties['MinCapacity']), Number(target.properties['MaxCapacity'])];
  const readers = serves(target, primary) ? least + (most - least) * usage.databaseBusyShare : least;
  return first ? [{ component, price: auroraPrice(first), quantity: Math.max(0, readers - (instances.length - 1)) * usage.hours }] : [];
}

function standalone({ properties }: PlacedResource, { usage }: CostContext): Use[] {
  const copies = properties['MultiAZ'] === true ? 2 : 1;
  return [
    { component, price: `mysql-${String(properties['DBInstanceClass'])}`, quantity: copies * usage.hours },
    { component, price: 'rds-gp3', quantity: copies * Number(properties['AllocatedStorage']) },
  ];
}
