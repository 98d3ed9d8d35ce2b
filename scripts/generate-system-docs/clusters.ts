import { SystemIndex, type PlacedResource } from '../../src/analyse/system-index';
import type { ResolvedEnvironment } from './environment';

const counted = (amount: number, what: string): string => `${amount} ${what}${amount === 1 ? '' : 's'}`;

/** The last part of an id as words: `Security/DataKey` is data key. */
function inWords(id: string): string {
  return id.replace(/^.*\//, '').replaceAll(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : ' '}${letter.toLowerCase()}`);
}

/** An ECS cluster with the services and scheduled tasks that run in it. */
interface DrawnCluster {
  readonly name: string;
  readonly services: readonly PlacedResource[];
  readonly schedules: readonly PlacedResource[];
}

/** What of a region is drawn. */
interface DrawnRegion {
  readonly region: string;
  readonly lines: readonly string[];
  readonly edges: readonly string[];
}

/**
 * A picture of an environment of many services on ECS clusters, as Mermaid draws it: entrances, clusters with their services, and stores, in each
 * region, and what is copied between regions. Everything in it is read from the resolved templates.
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function clusterArchitecture({ regions, deployments }: Pick<ResolvedEnvironment, 'regions' | 'deployments'>): string {
  const index = new SystemIndex(deployments);
  const standing = [regions.primary, regions.secondary].filter((region) => index.ofType('AWS::EC2::VPC').some((vpc) => vpc.region === region));
  const names = new Map(deployments.map(({ instance, deployment }) => [instance.id, deployment]));
  const drawn = standing.map((region) => drawRegion(index, names, region));
  const served = standing.filter((region) => index.ofType('AWS::ApiGateway::RestApi').some((api) => api.region === region));
  const fronted = index.ofType('AWS::CloudFront::Distribution').length > 0;
  const front = fronted ? 'distribution' : 'domain';
  return [
    '```mermaid',
    'flowchart LR',
    '  users([users]) --> domain{{"the domain"}}',
    ...(fronted ? ['  domain --> distribution["CloudFront<br>web ACL"]'] : []),
    ...(index.ofType('AWS::ARCRegionSwitch::Plan').length > 0 ? ['  plan[/"region-switch plan"/]'] : []),
    ...drawn.flatMap(({ region, lines }, at) => [`  subgraph ${key(region)}["${region}, ${at === 0 ? 'primary' : 'secondary'}"]`, ...lines, '  end']),
    ...drawn.map(({ region }, at) => `  ${front} ${at === 0 ? '-->|while healthy|' : '-.->|when the first is lost|'} ${key(region, 'alb')}`),
    ...(served.length > 0 ? ['  partners([partners with API keys])'] : []),
    ...served.map((region) => `  partners --> ${key(region, 'api')}`),
    ...drawn.flatMap(({ edges }) => edges),
    ...copies(index, standing),
    '```',
  ].join('\n');
}

const key = (...parts: readonly string[]): string => parts.join('_').replaceAll(/\W/g, '_');

function drawRegion(index: SystemIndex, deploymentNames: ReadonlyMap<string, string>, region: string): DrawnRegion {
  const here = (type: string): readonly PlacedResource[] => index.ofType(type).filter((each) => each.region === region);
  const node = (id: string, label: string): string => `    ${key(region, id)}["${label}"]`;
  const edge = (from: string, to: string): string => `  ${key(region, from)} --> ${key(region, to)}`;
  const clusters = clustersOf(index, deploymentNames, region);
  const reached = (scheme: string): DrawnCluster[] => clusters.filter(({ services }) => services.some((service) => entrance(index, service).includes(scheme)));
  const [aurora, proxies, cache] = [here('AWS::RDS::DBCluster'), here('AWS::RDS::DBProxy'), here('AWS::ElastiCache::ReplicationGroup')];
  const instances = here('AWS::RDS::DBInstance').length;
  const tables = here('AWS::DynamoDB::GlobalTable').length + here('AWS::DynamoDB::Table').length;
  const database = proxies.length > 0 ? 'proxy' : 'aurora';
  const api = here('AWS::ApiGateway::RestApi').length > 0;
  return {
    region,
    lines: [
      ...(api ? [node('api', 'REST API<br>keys and quotas')] : []),
      node('alb', 'application load balancer'),
      ...(reached('network').length > 0 || api ? [node('nlb', 'network load balancer')] : []),
      ...clusters.map(({ name, services, schedules }) => node(name, [`ECS cluster ${name}`, ...services.map(serviceName), ...schedules.map(({ id }) => `${inWords(id.split('/')[0]!)}, by schedule`)].join('<br>'))),
      ...(proxies.length > 0 ? [node('proxy', 'RDS Proxy')] : []),
      ...(aurora.length > 0 ? [node('aurora', `Aurora PostgreSQL<br>${counted(instances, 'instance')}`)] : []),
      ...(cache.length > 0 ? [node('cache', `ElastiCache<br>${counted(cache.reduce((sum, { properties }) => sum + Number(properties['NumNodeGroups'] ?? 1) * (Number(properties['ReplicasPerNodeGroup'] ?? 0) + 1), 0), 'node')}`)] : []),
      ...(tables > 0 ? [node('tables', `DynamoDB<br>${counted(tables, 'table')}`)] : []),
      ...here('AWS::S3::Bucket').map(({ id }) => node(id, `S3<br>${inWords(id)}`)),
      ...[...here('AWS::KMS::Key'), ...here('AWS::KMS::ReplicaKey')].map(({ id }) => node(id, `KMS<br>${inWords(id)}`)),
    ],
    edges: [
      ...(api ? [edge('api', 'nlb')] : []),
      ...reached('application').map(({ name }) => edge('alb', name)),
      ...reached('network').map(({ name }) => edge('nlb', name)),
      ...(aurora.length > 0 ? [...clusters.map(({ name }) => edge(name, database)), ...(database === 'proxy' ? [edge('proxy', 'aurora')] : [])] : []),
    ],
  };
}

/** The clusters of a region: a service and a schedule are of the deployment that is named after theirs. */
function clustersOf(index: SystemIndex, deploymentNames: ReadonlyMap<string, string>, region: string): readonly DrawnCluster[] {
  const here = [...index.ofType('AWS::ECS::Service'), ...index.ofType('AWS::Scheduler::Schedule').filter(({ properties }) => JSON.stringify(properties['Target']).includes('EcsParameters'))].filter((each) => each.region === region);
  const clusterOf = ({ instance }: PlacedResource): string => deploymentNames.get(instance) ?? instance;
  const names = [...new Set(here.map(clusterOf))];
  const of = (name: string, type: string): readonly PlacedResource[] => here.filter((each) => each.type === type && clusterOf(each) === name);
  return names.map((name) => ({ name, services: of(name, 'AWS::ECS::Service'), schedules: of(name, 'AWS::Scheduler::Schedule') }));
}

/** Kinds of load balancers whose target groups a service is in. */
function entrance(index: SystemIndex, { properties }: PlacedResource): string[] {
  const groups = ((properties['LoadBalancers'] ?? []) as readonly { readonly TargetGroupArn?: never }[]).flatMap(({ TargetGroupArn }) => index.referredBy(TargetGroupArn));
  return groups.map((group) => (group.properties['Protocol'] === 'TCP' || group.properties['Protocol'] === 'TLS' ? 'network' : 'application'));
}

function serviceName({ id }: PlacedResource): string {
  return inWords(id.split('/')[0]!).replaceAll(' ', '-');
}

function copies(index: SystemIndex, [first, second]: readonly string[]): string[] {
  if (first === undefined || second === undefined) return [];
  const pair = (type: string, region: string): readonly PlacedResource[] => index.ofType(type).filter((each) => each.region === region);
  const dashed = (from: string, label: string, to: string): string => `  ${from} -.->|${label}| ${to}`;
  const last = (id: string): string => id.replace(/^.*\//, '');
  return [
    ...(pair('AWS::RDS::DBCluster', first).length > 0 && pair('AWS::RDS::DBCluster', second).length > 0 ? [dashed(key(first, 'aurora'), 'global database', key(second, 'aurora'))] : []),
    ...(pair('AWS::DynamoDB::GlobalTable', first).some(({ properties }) => JSON.stringify(properties['Replicas'] ?? '').includes(second)) ? [dashed(key(first, 'tables'), 'replicas', `${key(second)}`)] : []),
    ...pair('AWS::S3::Bucket', first).filter(({ id, properties }) => properties['ReplicationConfiguration'] !== undefined && pair('AWS::S3::Bucket', second).some((other) => other.id === id)).map(({ id }) => dashed(key(first, id), 'replicates', key(second, id))),
    ...pair('AWS::KMS::ReplicaKey', second).flatMap((replica) => pair('AWS::KMS::Key', first).filter(({ id }) => last(id) === last(replica.id)).map(({ id }) => dashed(key(first, id), 'replica', key(second, replica.id)))),
    ...(index.ofType('AWS::ARCRegionSwitch::Plan').length > 0 ? [first, second].map((region) => `  plan -.-> ${key(region)}`) : []),
  ];
}
