import { MeridianError } from '../../errors';
import { ofDatabase, ofDatabaseCluster, ofDistribution, ofEcsService, ofEksCluster, ofHostedZone, ofLoadBalancer, ofReplicationGroup, ofTable, ofWebAcl, type Dependency } from './dependency';
import { elementsOf, objectAt, type PlacedResource, type SystemIndex } from '../system-index';

/** What answers a request in one region, behind the edge. */
export interface RegionalPath {
  readonly region: string;
  /** The record that leads here. */
  readonly record: PlacedResource;
  readonly dependencies: readonly Dependency[];
  /** The databases at its end. */
  readonly databases: readonly PlacedResource[];
}

/** What a request needs from the user to the database. */
export interface RequestPath {
  /** What every request goes through, whichever region answers it. */
  readonly edge: readonly Dependency[];
  /** The regions behind it; the first is the one that answers while it is healthy. */
  readonly regions: readonly RegionalPath[];
}

/**
 * Follows a request through a resolved system: from the CloudFront distribution over the records of its origin's name, or where there is
 * none from the records that fail over, to a load balancer in each region, from there to the services behind it, and on to whatever their
 * environment variables name: another load balancer by its host name, a database by its endpoint, a table by its name. Pods of an EKS
 * cluster are followed to the databases and caches whose security groups let the cluster in, and to the tables of their region, because
 * their environment stands in manifests. Nothing else is on the path: NAT gateways, secrets and registries are needed when a task starts,
 * queues when the answer is already given, and files in buckets behind the distribution come from its cache.
 * @returns undefined for a system without a distribution and without a name that fails over
 * @throws MeridianError when the origin's name is unknown or no record has it
 */
export function requestPath(index: SystemIndex): RequestPath | undefined {
  const [distribution] = index.ofType('AWS::CloudFront::Distribution');
  if (!distribution) return pathFromDns(index);
  const config = objectAt(distribution.properties, 'DistributionConfig');
  const origins = elementsOf(config['Origins']).filter(({ S3OriginConfig }) => S3OriginConfig === undefined);
  const names = [...new Set(origins.map(({ DomainName }) => DomainName))];
  const records = onePerRegion(names.flatMap((name) => recordsOf(index, distribution.id, name)));
  const zones = new Set(records.flatMap(({ properties }) => index.referredBy(properties['HostedZoneId'])));
  return {
    edge: [ofDistribution(distribution), ...index.referredBy(config['WebACLId']).map(ofWebAcl), ...[...zones].map(ofHostedZone)],
    regions: records
      .map((record) => regionalPath(index, record))
      .sort((a, b) => Number(isSecondary(a.record)) - Number(isSecondary(b.record))),
  };
}

/** Users go where the records that fail over send them. */
function pathFromDns(index: SystemIndex): RequestPath | undefined {
  const records = index.ofType('AWS::Route53::RecordSet').filter(({ properties }) => properties['Failover'] !== undefined);
  if (records.length === 0) return undefined;
  const zones = new Set(records.flatMap(({ properties }) => index.referredBy(properties['HostedZoneId'])));
  return {
    edge: [...zones].map(ofHostedZone),
    regions: records.map((record) => regionalPath(index, record)).sort((a, b) => Number(isSecondary(a.record)) - Number(isSecondary(b.record))),
  };
}

const isDatabase = ({ type }: PlacedResource): boolean => type === 'AWS::RDS::DBInstance' || type === 'AWS::RDS::DBCluster';

const isSecondary = ({ properties }: PlacedResource): boolean => properties['Failover'] === 'SECONDARY';

/** A region has a record of its own beside the one that fails over when an origin group sends reads to it; both lead to the same place. */
function onePerRegion(records: readonly PlacedResource[]): readonly PlacedResource[] {
  const failingOver = records.filter(({ properties }) => properties['Failover'] !== undefined);
  const regions = new Set(failingOver.map(({ region }) => region));
  return [...failingOver, ...records.filter((record) => record.properties['Failover'] === undefined && !regions.has(record.region))];
}

function recordsOf(index: SystemIndex, distribution: string, name: unknown): readonly PlacedResource[] {
  if (typeof name !== 'string') throw new MeridianError(`Origin of ${distribution}: its name is not known. Resolve the system with a value for the domain.`, 2);
  const records = index.ofType('AWS::Route53::RecordSet').filter(({ properties }) => properties['Name'] === name);
  if (records.length === 0) throw new MeridianError(`Origin ${name} of ${distribution}: no record of the system has this name. Only paths through the system's own records can be followed.`, 2);
  return records;
}

function regionalPath(index: SystemIndex, record: PlacedResource): RegionalPath {
  const reached = new Set<PlacedResource>();
  const dependencies: Dependency[] = [];
  const reach = (resource: PlacedResource): void => {
    if (reached.has(resource)) return;
    reached.add(resource);
    dependencies.push(...dependenciesOf(index, resource));
    needsOf(index, resource).forEach(reach);
  };
  needsOf(index, record).forEach(reach);
  return { region: record.region, record, dependencies, databases: [...reached].filter(isDatabase) };
}

function dependenciesOf(index: SystemIndex, resource: PlacedResource): readonly Dependency[] {
  switch (resource.type) {
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return [ofLoadBalancer(index, resource)];
    case 'AWS::WAFv2::WebACL':
      return [ofWebAcl(resource)];
    case 'AWS::ECS::Service':
      return ofEcsService(index, resource);
    case 'AWS::EKS::Cluster':
      return ofEksCluster(index, resource);
    case 'AWS::ElastiCache::ReplicationGroup':
      return [ofReplicationGroup(resource)];
    case 'AWS::RDS::DBInstance':
      return [ofDatabase(resource)];
    case 'AWS::RDS::DBCluster':
      return [ofDatabaseCluster(index, resource)];
    case 'AWS::DynamoDB::GlobalTable':
      return [ofTable(resource)];
    default:
      return [];
  }
}

/** What a resource on the path can't answer without. */
export function needsOf(index: SystemIndex, resource: PlacedResource): readonly PlacedResource[] {
  switch (resource.type) {
    case 'AWS::Route53::RecordSet':
      return index.referredBy(objectAt(resource.properties, 'AliasTarget')['DNSName']);
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return [...webAclsOf(index, resource), ...servicesBehind(index, resource), ...clustersBehind(index, resource)];
    case 'AWS::ECS::Service':
      return index.referredBy(resource.properties['TaskDefinition']).flatMap((task) => calledBy(index, task));
    case 'AWS::EKS::Cluster':
      return openTo(index, resource);
    case 'AWS::RDS::DBProxy':
      return index.referring('AWS::RDS::DBProxyTargetGroup', 'DBProxyName', resource).flatMap(({ properties }) => index.referredBy(properties['DBInstanceIdentifiers']));
    default:
      return [];
  }
}

function webAclsOf(index: SystemIndex, loadBalancer: PlacedResource): readonly PlacedResource[] {
  return index.referring('AWS::WAFv2::WebACLAssociation', 'ResourceArn', loadBalancer).flatMap(({ properties }) => index.referredBy(properties['WebACLArn']));
}

/** The target groups to which the listeners of a load balancer send. */
function targetsOf(index: SystemIndex, loadBalancer: PlacedResource): readonly PlacedResource[] {
  const listeners = index.referring('AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn', loadBalancer);
  const rules = listeners.flatMap((listener) => index.referring('AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn', listener));
  return [...listeners.map(({ properties }) => properties['DefaultActions']), ...rules.map(({ properties }) => properties['Actions'])].flatMap((actions) => index.referredBy(actions));
}

function servicesBehind(index: SystemIndex, loadBalancer: PlacedResource): readonly PlacedResource[] {
  const targets = targetsOf(index, loadBalancer);
  return index.ofType('AWS::ECS::Service').filter(({ properties }) => index.referredBy(properties['LoadBalancers']).some((target) => targets.includes(target)));
}

/** The clusters whose pods are let in from the load balancer: pods join target groups by a manifest, which no template shows. */
function clustersBehind(index: SystemIndex, loadBalancer: PlacedResource): readonly PlacedResource[] {
  const groups = index.referredBy(loadBalancer.properties['SecurityGroups']);
  const ingress = index.ofType('AWS::EC2::SecurityGroupIngress').filter(({ properties }) => index.referredBy(properties['SourceSecurityGroupId']).some((group) => groups.includes(group)));
  return ingress.flatMap(({ properties }) => index.referredBy(properties['GroupId'])).filter(({ type }) => type === 'AWS::EKS::Cluster');
}

/** The databases and caches that let a cluster's pods in, and the tables of its region. */
function openTo(index: SystemIndex, cluster: PlacedResource): readonly PlacedResource[] {
  const ingress = index.referring('AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId', cluster);
  const groups = ingress.flatMap(({ properties }) => index.referredBy(properties['GroupId']));
  const guardedBy = (type: string, property: string): readonly PlacedResource[] => index.ofType(type).filter(({ properties }) => index.referredBy(properties[property]).some((group) => groups.includes(group)));
  const tables = index.ofType('AWS::DynamoDB::GlobalTable').map(({ properties }) => properties['TableName']);
  return [...guardedBy('AWS::RDS::DBCluster', 'VpcSecurityGroupIds'), ...guardedBy('AWS::ElastiCache::ReplicationGroup', 'SecurityGroupIds'), ...replicasIn(index, cluster.region, tables)];
}

/** The load balancers, proxies, databases and tables that the environment variables of a task name. */
function calledBy(index: SystemIndex, task: PlacedResource): readonly PlacedResource[] {
  const values = elementsOf(task.properties['ContainerDefinitions']).flatMap(({ Environment }) => elementsOf(Environment).map(({ Value }) => Value));
  const hosts = new Set(values.flatMap((value) => (typeof value === 'string' ? value.split(/[^\w.-]+/) : [])));
  const named = index.ofType('AWS::Route53::RecordSet').filter(({ region, properties }) => region === task.region && hosts.has(String(properties['Name'])));
  const databases = values.flatMap((value) => index.referredBy(value)).filter((resource) => isDatabase(resource) || resource.type === 'AWS::RDS::DBProxy');
  return [...named, ...databases, ...replicasIn(index, task.region, values)];
}

/** The replicas in a region of the global tables that have one of these names; one stack declares those of all regions. */
function replicasIn(index: SystemIndex, region: string, names: readonly unknown[]): readonly PlacedResource[] {
  const tables = index.ofType('AWS::DynamoDB::GlobalTable').filter(({ properties }) => names.includes(properties['TableName']));
  return tables.filter(({ properties }) => elementsOf(properties['Replicas']).some(({ Region }) => Region === region)).map((table) => ({ ...table, region }));
}
