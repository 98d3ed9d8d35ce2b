import { isKnown, type Value } from '../../resolve';
import { isList } from '../../resolve/value';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { nameKey } from './name-key';
import type { PlacedResource } from './placed-resource';

/** An Aurora cluster, with the zones that its subnet group reaches. */
interface ZonedCluster {
  readonly cluster: PlacedResource;
  readonly zones: readonly string[];
}

/**
 * Aurora keeps its data in three zones whatever happens; who answers are the instances. Where a zone has none, the clients that stand in
 * it cross zones, and a failover has one choice less.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html
 */
export const clusterZones: Invariant = {
  id: 'clusters_have_an_instance_in_each_zone',
  title: 'Every Aurora cluster of production has an instance in each Availability Zone of its subnets',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2', 'MAS TRM 2021 8.1'],
  requirements: ['FIN-20', 'CUS-30'],
  fix: 'Add an instance in that zone: auroraInstances() makes one for each identifier, in the order of the zones',
  ofCatalogue: true,
  judge: (environment) => (environment.isProduction ? judgeEach(clustersOf(environment), (each) => lacking(environment, each)) : 'did-not-apply'),
};

/** The clusters whose zones are known. */
function clustersOf(environment: EnvironmentResources): ZonedCluster[] {
  return environment.of('AWS::RDS::DBCluster').flatMap((cluster) => {
    const zones = isAurora(cluster) ? zonesOf(environment, cluster) : undefined;
    return zones ? [{ cluster, zones }] : [];
  });
}

function isAurora(cluster: PlacedResource): boolean {
  const engine = cluster.at('Engine');
  return typeof engine === 'string' && engine.startsWith('aurora-');
}

/** The zones of a cluster's subnets, sorted; undefined without a subnet group, or when deployment decides one of them. */
function zonesOf(environment: EnvironmentResources, cluster: PlacedResource): string[] | undefined {
  const subnets = subnetGroupOf(environment, cluster)?.at('SubnetIds');
  if (subnets === undefined || !isList(subnets)) return undefined;
  const zones = known(subnets.map((subnet) => environment.target(subnet)?.at('AvailabilityZone')));
  return zones && [...new Set(zones)].sort();
}

/** The group of a cluster's region that it names. */
function subnetGroupOf(environment: EnvironmentResources, cluster: PlacedResource): PlacedResource | undefined {
  return environment.of('AWS::RDS::DBSubnetGroup').find((group) => group.region === cluster.region && means(environment, cluster.at('DBSubnetGroupName'), group, 'DBSubnetGroupName') === true);
}

function lacking(environment: EnvironmentResources, { cluster, zones }: ZonedCluster): Violation[] {
  const members = environment
    .of('AWS::RDS::DBInstance')
    .filter(({ region }) => region === cluster.region)
    .map((instance) => ({ zone: instance.at('AvailabilityZone'), joins: means(environment, instance.at('DBClusterIdentifier'), cluster, 'DBClusterIdentifier') }))
    .filter(({ joins }) => joins !== false);
  const taken = members.some(({ joins }) => joins === undefined) ? undefined : known(members.map(({ zone }) => zone));
  const empty = taken ? zones.filter((zone) => !taken.includes(zone)) : [];
  if (empty.length === 0) return [];
  return [{ resource: cluster, what: `The cluster has subnets but no instance in ${empty.join(', ')}`, now: `instances in ${[...new Set(taken)].sort().join(', ') || 'no zone'}` }];
}

/** Whether a value is a resource, by reference or by the name in a property of it; undefined when deployment decides. */
function means(environment: EnvironmentResources, value: Value | undefined, resource: PlacedResource, property: string): boolean | undefined {
  const target = environment.target(value);
  if (value === undefined || target) return target === resource;
  const name = resource.at(property);
  const key = nameKey(value);
  if (key !== undefined && key === nameKey(name)) return true;
  return isKnown(value) && (name === undefined || isKnown(name)) ? false : undefined;
}

/** The zones that are written out; undefined when one is not. */
function known(zones: readonly (Value | undefined)[]): string[] | undefined {
  const texts = zones.filter((zone): zone is string => typeof zone === 'string');
  return texts.length === zones.length ? texts : undefined;
}
