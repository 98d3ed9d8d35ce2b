import type { ResolvedDeployment, ResolvedResource } from '../../src/resolve';
import type { ResolvedEnvironment } from './environment';
import { table } from './table';

/** A component that is paid for, and how much of it some resources are. */
interface Component {
  readonly name: string;
  readonly type: string;
  /** @default 1 for each resource of the type */
  readonly amount?: (resource: ResolvedResource, index: ReadonlyMap<string, ResolvedResource>) => number;
}

/** A part of a service: named after it, or the only one of its kind where the service has a stack of its own. */
const partOf = ({ id }: ResolvedResource, part: string, index: ReadonlyMap<string, ResolvedResource>): ResolvedResource | undefined => index.get(`${id}${part}`) ?? index.get(id.replace(/[^/]*$/, part));

/** The tasks that scaling leaves a service at the least; a service may start with more. */
const tasks: NonNullable<Component['amount']> = (service, index) => Number(partOf(service, 'ScalingTarget', index)?.properties['MinCapacity'] ?? service.properties['DesiredCount']);

/** Tasks times a size of their definition. */
const sized = (property: 'Cpu' | 'Memory'): NonNullable<Component['amount']> => (service, index) => tasks(service, index) * (Number(partOf(service, 'Task', index)?.properties[property]) / 1024);

/** An instance of Aurora Serverless v2, which is paid by what it uses. */
const isServerless = ({ properties }: ResolvedResource): boolean => properties['DBInstanceClass'] === 'db.serverless';

const copies = ({ properties }: ResolvedResource): number => (properties['MultiAZ'] === true ? 2 : 1);

/** What a month of a system is made of, in the order of Kasha's owner's table. */
const components: readonly Component[] = [
  { name: 'Fargate tasks, at least', type: 'AWS::ECS::Service', amount: tasks },
  { name: 'vCPU of those tasks', type: 'AWS::ECS::Service', amount: sized('Cpu') },
  { name: 'GB of memory of those tasks', type: 'AWS::ECS::Service', amount: sized('Memory') },
  { name: 'EKS clusters', type: 'AWS::EKS::Cluster' },
  { name: 'Nodes for system pods, at least', type: 'AWS::EKS::Nodegroup', amount: ({ properties }) => Number((properties['ScalingConfig'] as { readonly MinSize?: number } | undefined)?.MinSize) },
  { name: 'Cache nodes', type: 'AWS::ElastiCache::ReplicationGroup', amount: ({ properties }) => Number(properties['NumNodeGroups'] ?? 1) * (Number(properties['ReplicasPerNodeGroup'] ?? 0) + 1) },
  { name: 'Load balancers', type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
  { name: 'Database instances, standbys included', type: 'AWS::RDS::DBInstance', amount: (instance) => (isServerless(instance) ? 0 : copies(instance)) },
  { name: 'GB of gp3, standbys included', type: 'AWS::RDS::DBInstance', amount: (instance) => (isServerless(instance) ? 0 : Number(instance.properties['AllocatedStorage']) * copies(instance)) },
  { name: 'Serverless database instances', type: 'AWS::RDS::DBInstance', amount: (instance) => (isServerless(instance) ? 1 : 0) },
  { name: 'Database proxies', type: 'AWS::RDS::DBProxy' },
  { name: 'NAT gateways', type: 'AWS::EC2::NatGateway' },
  { name: 'NAT instances', type: 'AWS::AutoScaling::AutoScalingGroup', amount: ({ properties }) => Number(properties['DesiredCapacity'] ?? properties['MinSize']) },
  { name: 'Interface endpoints × zones', type: 'AWS::EC2::VPCEndpoint', amount: ({ properties }) => (properties['VpcEndpointType'] === 'Interface' ? [properties['SubnetIds'] ?? []].flat().length : 0) },
  { name: 'REST APIs', type: 'AWS::ApiGateway::RestApi' },
  { name: 'Distributions', type: 'AWS::CloudFront::Distribution' },
  { name: 'Web ACLs', type: 'AWS::WAFv2::WebACL' },
  { name: 'Secrets, without replicas', type: 'AWS::SecretsManager::Secret' },
  { name: 'Queues, dead-letter queues included', type: 'AWS::SQS::Queue' },
  { name: 'Keys', type: 'AWS::KMS::Key' },
  { name: 'Alarms', type: 'AWS::CloudWatch::Alarm' },
];

/**
 * What is paid for in each environment, counted in the resolved resources: first the primary region, then the other. Amounts
 * that depend on use, such as requests and traffic, are not in templates. What no environment has is left out.
 */
export function quantitiesTable(environments: readonly ResolvedEnvironment[]): string {
  const counted = components.map((component) => ({ name: component.name, amounts: environments.map(({ deployments, regions }) => [regions.primary, regions.secondary].map((region) => amountIn(component, deployments, region))) }));
  const rows = counted.filter(({ amounts }) => amounts.flat().some((amount) => amount > 0)).map(({ name, amounts }) => [name, ...amounts.map((regions) => regions.join(' + '))]);
  return table(['Component', ...environments.map(({ environment }) => `\`${environment}\``)], rows);
}

function amountIn({ type, amount = () => 1 }: Component, deployments: readonly ResolvedDeployment[], region: string): number {
  const resources = deployments.filter((each) => each.region === region).map(({ instance }) => new Map([...instance.resources()].map((resource) => [resource.id, resource])));
  return resources.flatMap((index) => [...index.values()].filter((resource) => resource.type === type).map((resource) => amount(resource, index))).reduce((sum, each) => sum + each, 0);
}
