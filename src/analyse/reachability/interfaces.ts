import type { Value } from '../../resolve';
import { elementsOf, objectAt, type PlacedResource } from '../system-index';
import { databasePort } from './database-port';
import type { InsideKind } from './place';
import { podTargetGroups } from './pod-targets';
import type { RegionResources } from './region-resources';

/** How a type of resource says where its interfaces are. */
export interface Reading {
  readonly type: string;
  readonly kind: InsideKind;
  /** Undefined for a resource without interfaces of its own. */
  read(resource: PlacedResource, region: RegionResources): Interfaces | undefined;
}

/** Where a resource has network interfaces, in the template's values. */
export interface Interfaces {
  readonly subnets: Value | undefined;
  readonly groups: Value | undefined;
  /** EKS clusters whose own security group they have. @default none */
  readonly clusters?: readonly PlacedResource[];
  /** TCP ports on which it answers. @default none: it only connects */
  readonly listens?: readonly (number | undefined)[];
  /** Whether they have public addresses. @default false */
  readonly isPublic?: boolean;
  /** Whether no security group is asked. @default false */
  readonly isUnfiltered?: boolean;
  /** @default the logical id in kebab case */
  readonly name?: string;
}

/** The port of Redis and Valkey when a template names none. */
const cachePort = 6379;

/** The port of the Kubernetes API, and that of the kubelet on each node. */
const kubernetes = { api: 443, kubelet: 10_250 } as const;

/** The types whose resources have interfaces in subnets. What is not among them is not seen. */
export const readings: readonly Reading[] = [
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    kind: 'load balancer',
    read: (balancer, region) => ({
      subnets: balancer.properties['Subnets'] ?? elementsOf(balancer.properties['SubnetMappings']).map((mapping) => mapping['SubnetId'] ?? null),
      groups: balancer.properties['SecurityGroups'],
      // Only an Application Load Balancer without groups takes the VPC's own; the others then ask nobody.
      isUnfiltered: balancer.properties['SecurityGroups'] === undefined && (balancer.properties['Type'] ?? 'application') !== 'application',
      isPublic: balancer.properties['Scheme'] !== 'internal',
      listens: region.naming('AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn', balancer).map(({ properties }) => portOf(properties['Port'])),
    }),
  },
  {
    type: 'AWS::ECS::Service',
    kind: 'service',
    read: (service, region) => {
      const { Subnets, SecurityGroups, AssignPublicIp } = objectAt(service.properties, 'NetworkConfiguration', 'AwsvpcConfiguration');
      const task = region.named('AWS::ECS::TaskDefinition', service.properties['TaskDefinition']);
      const mapped = elementsOf(task?.properties['ContainerDefinitions']).flatMap(({ PortMappings }) => elementsOf(PortMappings).map(({ ContainerPort }) => portOf(ContainerPort)));
      return { subnets: Subnets, groups: SecurityGroups, isPublic: AssignPublicIp === 'ENABLED', listens: mapped };
    },
  },
  {
    type: 'AWS::Scheduler::Schedule',
    kind: 'service',
    // Tasks that a schedule starts, as a service would.
    read: ({ properties }) => {
      const target = objectAt(properties, 'Target', 'EcsParameters');
      const { Subnets, SecurityGroups, AssignPublicIp } = objectAt(target, 'NetworkConfiguration', 'AwsvpcConfiguration');
      return target['TaskDefinitionArn'] === undefined ? undefined : { subnets: Subnets, groups: SecurityGroups, isPublic: AssignPublicIp === 'ENABLED' };
    },
  },
  {
    type: 'AWS::RDS::DBCluster',
    kind: 'database',
    read: (cluster, region) => ({
      subnets: subnetsOfGroup(region, cluster.properties['DBSubnetGroupName']),
      groups: cluster.properties['VpcSecurityGroupIds'],
      isPublic: [cluster, ...region.naming('AWS::RDS::DBInstance', 'DBClusterIdentifier', cluster)].some(({ properties }) => properties['PubliclyAccessible'] === true),
      listens: [databasePort(cluster, region)],
    }),
  },
  {
    type: 'AWS::RDS::DBInstance',
    kind: 'database',
    read: (database, region) =>
      database.properties['DBClusterIdentifier'] !== undefined
        ? undefined
        : {
            subnets: subnetsOfGroup(region, (replicated(database, region) ?? database).properties['DBSubnetGroupName']),
            groups: database.properties['VPCSecurityGroups'],
            isPublic: database.properties['PubliclyAccessible'] === true,
            listens: [databasePort(database, region)],
          },
  },
  {
    type: 'AWS::RDS::DBProxy',
    kind: 'proxy',
    read: (proxy, region) => ({ subnets: proxy.properties['VpcSubnetIds'], groups: proxy.properties['VpcSecurityGroupIds'], listens: [databasePort(proxy, region)] }),
  },
  {
    type: 'AWS::RDS::DBProxyEndpoint',
    kind: 'proxy',
    read: ({ properties }, region) => {
      const proxy = region.named('AWS::RDS::DBProxy', properties['DBProxyName']);
      return { subnets: properties['VpcSubnetIds'], groups: properties['VpcSecurityGroupIds'], listens: [proxy && databasePort(proxy, region)] };
    },
  },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    kind: 'cache',
    read: ({ properties }, region) => ({
      subnets: region.named('AWS::ElastiCache::SubnetGroup', properties['CacheSubnetGroupName'])?.properties['SubnetIds'],
      groups: properties['SecurityGroupIds'],
      listens: [portOf(properties['Port']) ?? cachePort],
    }),
  },
  { type: 'AWS::ElastiCache::ServerlessCache', kind: 'cache', read: ({ properties }) => ({ subnets: properties['SubnetIds'], groups: properties['SecurityGroupIds'], listens: [cachePort] }) },
  { type: 'AWS::ApiGatewayV2::VpcLink', kind: 'VPC link', read: ({ properties }) => ({ subnets: properties['SubnetIds'], groups: properties['SecurityGroupIds'] }) },
  {
    type: 'AWS::Lambda::Function',
    kind: 'function',
    read: ({ properties }) => (properties['VpcConfig'] === undefined ? undefined : { subnets: objectAt(properties, 'VpcConfig')['SubnetIds'], groups: objectAt(properties, 'VpcConfig')['SecurityGroupIds'] }),
  },
  {
    type: 'AWS::Synthetics::Canary',
    kind: 'canary',
    read: ({ properties }) => (properties['VPCConfig'] === undefined ? undefined : { subnets: objectAt(properties, 'VPCConfig')['SubnetIds'], groups: objectAt(properties, 'VPCConfig')['SecurityGroupIds'] }),
  },
  {
    type: 'AWS::EC2::Instance',
    kind: 'instances',
    read: ({ properties }) => {
      const started = elementsOf(properties['NetworkInterfaces']);
      return started.length > 0
        ? { subnets: started.map(({ SubnetId }) => SubnetId ?? null), groups: started.flatMap(({ GroupSet }) => GroupSet ?? []), isPublic: started.some(({ AssociatePublicIpAddress }) => AssociatePublicIpAddress === true) }
        : { subnets: properties['SubnetId'], groups: properties['SecurityGroupIds'] };
    },
  },
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    kind: 'instances',
    read: ({ properties }, region) => {
      const template = region.named('AWS::EC2::LaunchTemplate', objectAt(properties, 'LaunchTemplate')['LaunchTemplateId']);
      const data = objectAt(template?.properties ?? {}, 'LaunchTemplateData');
      // What an instance attaches to itself later is not seen.
      const started = elementsOf(data['NetworkInterfaces']);
      return { subnets: properties['VPCZoneIdentifier'], groups: started.length > 0 ? started.flatMap(({ Groups }) => Groups ?? []) : data['SecurityGroupIds'], isPublic: started.some(({ AssociatePublicIpAddress }) => AssociatePublicIpAddress === true) };
    },
  },
  {
    type: 'AWS::EKS::Cluster',
    kind: 'control plane',
    // Its interfaces in the VPC. The public endpoint, where there is one, is AWS's and asks no security group.
    read: (cluster) => {
      const { SubnetIds, SecurityGroupIds } = objectAt(cluster.properties, 'ResourcesVpcConfig');
      return { subnets: SubnetIds, groups: SecurityGroupIds, clusters: [cluster], listens: [kubernetes.api], name: 'control-plane' };
    },
  },
  {
    type: 'AWS::EKS::Nodegroup',
    kind: 'nodes',
    read: ({ properties }, region) => {
      const template = region.named('AWS::EC2::LaunchTemplate', objectAt(properties, 'LaunchTemplate')['Id']);
      const data = objectAt(template?.properties ?? {}, 'LaunchTemplateData');
      const started = elementsOf(data['NetworkInterfaces']);
      const groups = started.length > 0 ? started.flatMap(({ Groups }) => Groups ?? []) : data['SecurityGroupIds'];
      // EKS gives nodes its group of the cluster unless their launch template names others.
      return { subnets: properties['Subnets'], groups, clusters: groups === undefined ? region.allNamed('AWS::EKS::Cluster', properties['ClusterName']) : [], listens: [kubernetes.kubelet] };
    },
  },
  {
    type: 'AWS::EKS::FargateProfile',
    kind: 'pods',
    read: ({ properties }, region) => ({
      subnets: properties['Subnets'],
      groups: undefined,
      clusters: region.allNamed('AWS::EKS::Cluster', properties['ClusterName']),
      listens: podTargetGroups(region).map((group) => portOf(group.properties['Port'])),
    }),
  },
  {
    type: 'AWS::EC2::VPCEndpoint',
    kind: 'interface endpoint',
    read: ({ properties }) =>
      properties['VpcEndpointType'] !== 'Interface' ? undefined : { subnets: properties['SubnetIds'], groups: properties['SecurityGroupIds'], listens: [443], name: serviceName(properties['ServiceName']) },
  },
];

/** The service of an endpoint's name: `ecr.api` of `com.amazonaws.us-east-1.ecr.api`. */
export function serviceName(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value.replace(/^(?:[a-z]+\.)+[a-z]{2}(?:-[a-z]+)+-\d\./, '') : undefined;
}

function subnetsOfGroup(region: RegionResources, group: Value | undefined): Value | undefined {
  return region.named('AWS::RDS::DBSubnetGroup', group)?.properties['SubnetIds'];
}

/** The database of the same region that a replica copies: it stands in that one's subnets unless it names its own. */
function replicated(database: PlacedResource, region: RegionResources): PlacedResource | undefined {
  if (database.properties['DBSubnetGroupName'] !== undefined) return undefined;
  return region.allNamed('AWS::RDS::DBInstance', database.properties['SourceDBInstanceIdentifier']).find((each) => each.region === region.region);
}

function portOf(value: Value | undefined): number | undefined {
  const port = Number(value);
  return Number.isInteger(port) && port > 0 ? port : undefined;
}
