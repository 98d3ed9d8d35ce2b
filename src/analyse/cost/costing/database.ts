import { objectAt, type PlacedResource } from '../../system-index';
import type { Component, CostContext, Costings, Use } from '../cost-line';
import { serves } from './load';

const component: Component = 'Database';

/** Relational databases, and tables of sessions. */
export const database: Costings = {
  'AWS::RDS::DBInstance': (instance, context) => (instance.properties['DBInstanceClass'] === 'db.serverless' ? capacity(instance, context) : provisioned(instance, context)),
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
  'AWS::DynamoDB::GlobalTable': (table, { usage }) => [
    { component: 'Sessions', price: 'dynamodb-write', quantity: (replicas(table) * usage.sessionRequests) / 1e6 },
    { component: 'Sessions', price: 'dynamodb-read', quantity: usage.sessionRequests / 1e6 },
    { component: 'Sessions', price: 'dynamodb-storage', quantity: replicas(table) * usage.sessionGigabytes },
  ],
};

const replicas = ({ properties }: PlacedResource): number => (Array.isArray(properties['Replicas']) ? properties['Replicas'].length : 1);

/** Aurora capacity: a share of the room above the least where users are served, the least where it stands by. */
function capacity(instance: PlacedResource, { index, usage, primary }: CostContext): Use[] {
  const [cluster] = index.referredBy(instance.properties['DBClusterIdentifier']);
  const room = objectAt(cluster?.properties ?? {}, 'ServerlessV2ScalingConfiguration');
  const [least, most] = [Number(room['MinCapacity']), Number(room['MaxCapacity'])];
  const units = serves(instance, primary) ? least + (most - least) * usage.databaseBusyShare : least;
  return [{ component, price: 'aurora-capacity', quantity: units * usage.hours }];
}

function provisioned({ properties }: PlacedResource, { usage }: CostContext): Use[] {
  const copies = properties['MultiAZ'] === true ? 2 : 1;
  return [
    { component, price: `mysql-${String(properties['DBInstanceClass'])}`, quantity: copies * usage.hours },
    { component, price: 'rds-gp3', quantity: copies * Number(properties['AllocatedStorage']) },
  ];
}
