import { inSeries } from './arithmetic';
import { slaFigure, type SlaFigure } from './sla';
import type { PlacedResource, SystemIndex } from '../system-index';

/** Something that must work for a request to be answered. */
export interface Dependency {
  /** As `prices/sla.json` calls it. */
  readonly service: string;
  readonly configuration: string;
  /** Id of the resource: `Data/Primary`. */
  readonly resource: string;
  /** Where it stands; `global` for what CloudFront and Route 53 run everywhere. */
  readonly region: string;
}

const inZones = (zones: number): string => (zones > 1 ? 'two zones or more' : 'one zone');

/** The number of zones that the subnets of a property are in. */
function zonesOf(index: SystemIndex, subnets: PlacedResource['properties'][string] | undefined): number {
  return new Set(index.referredBy(subnets).map(({ properties }) => JSON.stringify(properties['AvailabilityZone']))).size;
}

/** CloudFront, for which AWS commits itself to one figure whatever the distribution does. */
export const ofDistribution = ({ id }: PlacedResource): Dependency => ({ service: 'CloudFront', configuration: 'distribution', resource: id, region: 'global' });

/** The hosted zone whose records lead to CloudFront and from there to a region. */
export const ofHostedZone = ({ id }: PlacedResource): Dependency => ({ service: 'Route 53', configuration: 'public hosted zone', resource: id, region: 'global' });

/** A web ACL; one that CloudFront asks is evaluated at the edge, wherever its template stands. */
export const ofWebAcl = ({ id, region, properties }: PlacedResource): Dependency => ({
  service: 'WAF',
  configuration: 'web ACL',
  resource: id,
  region: properties['Scope'] === 'CLOUDFRONT' ? 'global' : region,
});

/** A load balancer, by the zones of its subnets. */
export const ofLoadBalancer = (index: SystemIndex, { id, region, properties }: PlacedResource): Dependency => ({
  service: 'Elastic Load Balancing',
  configuration: inZones(zonesOf(index, properties['Subnets'])),
  resource: id,
  region,
});

/** A service on Fargate: ECS and Fargate commit themselves separately, and to less for what has one task or one zone. */
export function ofEcsService(index: SystemIndex, { id, region, properties }: PlacedResource): readonly Dependency[] {
  const network = (properties['NetworkConfiguration'] ?? {}) as { readonly AwsvpcConfiguration?: { readonly Subnets?: PlacedResource['properties'][string] } };
  const spread = Number(properties['DesiredCount']) > 1 && zonesOf(index, network.AwsvpcConfiguration?.Subnets) > 1;
  const configuration = spread ? inZones(2) : 'one task or zone';
  return ['ECS', 'Fargate'].map((service) => ({ service, configuration, resource: id, region }));
}

/**
 * A cluster with pods on Fargate and nodes for its own: EKS, without which nothing is scaled or replaced; Fargate, by the zones of its
 * profiles; EC2, by those of its node groups, where names are resolved and pods joined to load balancers.
 */
export function ofEksCluster(index: SystemIndex, cluster: PlacedResource): readonly Dependency[] {
  const { id: resource, region } = cluster;
  const spread = (type: string, service: string, narrow: string): readonly Dependency[] => {
    const zones = index.referring(type, 'ClusterName', cluster).map(({ properties }) => zonesOf(index, properties['Subnets']));
    return zones.length === 0 ? [] : [{ service, configuration: Math.min(...zones) > 1 ? inZones(2) : narrow, resource, region }];
  };
  return [{ service: 'EKS', configuration: 'cluster', resource, region }, ...spread('AWS::EKS::FargateProfile', 'Fargate', 'one task or zone'), ...spread('AWS::EKS::Nodegroup', 'EC2', 'one instance or zone')];
}

/** A cache, with a replica in another zone that takes over or without. */
export const ofReplicationGroup = ({ id, region, properties }: PlacedResource): Dependency => ({
  service: 'ElastiCache',
  configuration: properties['MultiAZEnabled'] === true ? 'Multi-AZ' : 'Single-AZ',
  resource: id,
  region,
});

/** A database instance, with its standby in another zone or without. */
export const ofDatabase = ({ id, region, properties }: PlacedResource): Dependency => ({
  service: 'RDS',
  configuration: properties['MultiAZ'] === true ? 'Multi-AZ' : 'Single-AZ',
  resource: id,
  region,
});

/** An Aurora cluster, by the zones that its instances are in. */
export function ofDatabaseCluster(index: SystemIndex, cluster: PlacedResource): Dependency {
  const zones = new Set(index.referring('AWS::RDS::DBInstance', 'DBClusterIdentifier', cluster).map(({ properties }) => JSON.stringify(properties['AvailabilityZone'])));
  return { service: 'Aurora', configuration: zones.size > 1 ? 'Multi-AZ' : 'Single-AZ', resource: cluster.id, region: cluster.region };
}

/** A table in one region. Of a global one too: what AWS promises of all its replicas together is for who turns to another region at once. */
export const ofTable = ({ id, region }: PlacedResource): Dependency => ({ service: 'DynamoDB', configuration: 'table', resource: id, region });

/** Dependencies with the figure of each, as often as it counts. */
export interface Figured extends SlaFigure {
  readonly region: string;
  /** The resources that the one commitment covers. */
  readonly resources: readonly string[];
}

/**
 * The figures of dependencies that are all needed. A commitment for a region or an account counts once however many resources
 * it covers, because they fail together; one for each resource counts each time.
 * @throws MeridianError for a configuration that the table does not have
 */
export function figured(figures: readonly SlaFigure[], dependencies: readonly Dependency[]): readonly Figured[] {
  const counted = new Map<string, Figured>();
  for (const { service, configuration, resource, region } of dependencies) {
    const figure = slaFigure(figures, service, configuration);
    const key = [service, configuration, region, ...(figure.per === 'resource' ? [resource] : [])].join(' ');
    const known = counted.get(key);
    counted.set(key, { ...figure, region, resources: [...new Set([...(known?.resources ?? []), resource])] });
  }
  return [...counted.values()];
}

/** The availability, from 0 to 1, of figures that are all needed. */
export function composed(figures: readonly Pick<SlaFigure, 'percent'>[]): number {
  return inSeries(figures.map(({ percent }) => percent / 100));
}
