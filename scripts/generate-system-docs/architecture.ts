import { needsOf } from '../../src/analyse/availability/request-path';
import { elementsOf, SystemIndex, type PlacedResource } from '../../src/analyse/system-index';
import type { ResolvedEnvironment } from './environment';

/** A line of the picture between two resources. */
interface Line {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** Copies and takes over, in contrast to what every request goes through. */
  readonly dashed?: boolean;
}

const counted = (amount: number, what: string): string => `${amount} ${what}${amount === 1 ? '' : 's'}`;

/** What a resource is called in the picture, by type. A type that is not here is not drawn. */
const labels: Readonly<Record<string, (index: SystemIndex, resource: PlacedResource) => string>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': () => 'load balancer',
  'AWS::WAFv2::WebACL': () => 'web ACL',
  'AWS::EKS::Cluster': (index, cluster) => {
    const namespaces = index.referring('AWS::EKS::FargateProfile', 'ClusterName', cluster).flatMap(({ properties }) => elementsOf(properties['Selectors']).map(({ Namespace }) => String(Namespace)));
    const nodes = index.referring('AWS::EKS::Nodegroup', 'ClusterName', cluster).map(({ properties }) => Number((properties['ScalingConfig'] as { readonly MinSize?: number }).MinSize));
    return ['EKS cluster', ...namespaces.map((namespace) => `Fargate: ${namespace}`), counted(nodes.reduce((sum, each) => sum + each, 0), 'node')].join('<br>');
  },
  'AWS::RDS::DBCluster': (index, cluster) => `Aurora PostgreSQL<br>${counted(index.referring('AWS::RDS::DBInstance', 'DBClusterIdentifier', cluster).length, 'instance')}`,
  'AWS::ElastiCache::ReplicationGroup': (_, { properties }) => `ElastiCache<br>${counted(Number(properties['NumNodeGroups']) * (Number(properties['ReplicasPerNodeGroup']) + 1), 'node')}`,
  'AWS::DynamoDB::GlobalTable': () => 'DynamoDB<br>table',
  'AWS::S3::Bucket': (_, { id }) => `S3<br>${id.replace(/^.*\//, '').replaceAll(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
  'AWS::KMS::Key': () => 'KMS<br>data key',
  'AWS::KMS::ReplicaKey': () => 'KMS<br>replica of the data key',
};

const nodeOf = ({ id, region }: Pick<PlacedResource, 'id' | 'region'>): string => `${region}_${id}`.replaceAll(/\W/g, '_');

/**
 * A picture of an environment as Mermaid draws it: what a request goes through in each region, what is copied between them, and what
 * moves it over. Everything in it is read from the resolved templates.
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function architecture({ regions, deployments }: Pick<ResolvedEnvironment, 'regions' | 'deployments'>): string {
  const index = new SystemIndex(deployments);
  const records = index.ofType('AWS::Route53::RecordSet').filter(({ properties }) => properties['Failover'] !== undefined);
  const drawn = new Map<string, PlacedResource>();
  const lines: Line[] = [];
  const draw = (resource: PlacedResource): void => {
    if (drawn.has(nodeOf(resource))) return;
    drawn.set(nodeOf(resource), resource);
    for (const needed of needsOf(index, resource).filter(({ type }) => labels[type])) {
      draw(needed);
      lines.push({ from: nodeOf(resource), to: nodeOf(needed) });
    }
  };
  for (const record of records) {
    const second = record.properties['Failover'] === 'SECONDARY';
    for (const loadBalancer of needsOf(index, record)) {
      draw(loadBalancer);
      lines.push({ from: 'domain', to: nodeOf(loadBalancer), label: second ? 'when the first is lost' : 'while healthy', dashed: second });
    }
  }
  for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey']) for (const resource of index.ofType(type)) drawn.set(nodeOf(resource), resource);
  const standing = [...drawn.values()];
  const copies = ['AWS::RDS::DBCluster', 'AWS::DynamoDB::GlobalTable'].flatMap((type): Line[] => {
    const [first, second] = [regions.primary, regions.secondary].map((region) => standing.find((each) => each.type === type && each.region === region));
    return first && second ? [{ from: nodeOf(first), to: nodeOf(second), label: type === 'AWS::RDS::DBCluster' ? 'global database' : 'replicas', dashed: true }] : [];
  });
  const replicated = index.ofType('AWS::S3::Bucket').flatMap((bucket): Line[] => {
    const other = standing.find(({ type, id, region }) => type === 'AWS::S3::Bucket' && id === bucket.id && region !== bucket.region);
    return bucket.properties['ReplicationConfiguration'] !== undefined && other ? [{ from: nodeOf(bucket), to: nodeOf(other), label: 'replicates', dashed: true }] : [];
  });
  const keys = index.ofType('AWS::KMS::ReplicaKey').flatMap((replica) => index.ofType('AWS::KMS::Key').map((key): Line => ({ from: nodeOf(key), to: nodeOf(replica), label: 'replica', dashed: true })));
  const plans = index.ofType('AWS::ARCRegionSwitch::Plan').flatMap((): Line[] => standing.filter(({ type }) => type === 'AWS::RDS::DBCluster' || type === 'AWS::EKS::Cluster').map((moved) => ({ from: 'plan', to: nodeOf(moved), dashed: true })));

  const subgraph = (region: string, role: string): string[] => [
    `  subgraph ${region.replaceAll('-', '_')}["${region}, ${role}"]`,
    ...standing.filter((each) => each.region === region).map((each) => `    ${nodeOf(each)}["${labels[each.type]?.(index, each)}"]`),
    '  end',
  ];
  return [
    '```mermaid',
    'flowchart LR',
    '  users([users]) --> domain{{"the domain, by Route 53"}}',
    ...(plans.length > 0 ? ['  plan[/"region-switch plan"/]'] : []),
    ...subgraph(regions.primary, 'primary'),
    ...subgraph(regions.secondary, 'secondary'),
    ...[...lines, ...copies, ...replicated, ...keys, ...plans].map(({ from, to, label, dashed = false }) => `  ${from} ${dashed ? '-.->' : '-->'}${label === undefined ? '' : `|${label}|`} ${to}`),
    '```',
  ].join('\n');
}
