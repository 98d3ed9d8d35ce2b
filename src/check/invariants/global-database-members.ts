import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import { nameKey, shownName } from './name-key';
import type { PlacedResource } from './placed-resource';

/**
 * The second of two clusters with one name does not join: AWS wants their names to be unique across all regions. Those that name no
 * identifier get different ones.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
 */
export const globalDatabaseMembers: Invariant = {
  id: 'members_of_a_global_database_differ_in_name',
  title: 'The clusters of an Aurora global database have different identifiers, whatever their region',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-6', 'NIST 800-53 r5 CP-7', 'SOC 2 A1.2'],
  requirements: ['FIN-24', 'CUS-37'],
  fix: "Take the identifier from auroraClusterIdentifier(), or another t.resourceName() with the scope 'account', which adds the region",
  judge: (environment) =>
    judgeEach(
      environment.of('AWS::RDS::GlobalCluster').map((global) => clustersOf(environment, global)),
      (clusters) =>
        clusters.flatMap((cluster, index) => {
          const key = nameKey(cluster.at(property));
          const twin = key === undefined ? undefined : clusters.slice(0, index).find((other) => nameKey(other.at(property)) === key);
          return twin ? [{ resource: cluster, property, what: `${twin.logicalId} of ${twin.deployment} in ${twin.region} has the same name`, now: `${property}: ${shownName(cluster.at(property))}` }] : [];
        }),
    ),
};

const property = 'DBClusterIdentifier';

/** The clusters that join a global cluster: by its id, or by the text that is its id. */
export function clustersOf(environment: EnvironmentResources, global: PlacedResource): PlacedResource[] {
  const id = global.at('GlobalClusterIdentifier');
  return environment.of('AWS::RDS::DBCluster').filter((cluster) => {
    const named = cluster.at('GlobalClusterIdentifier');
    return named !== undefined && (environment.target(named) === global || (typeof named === 'string' && named === id));
  });
}
