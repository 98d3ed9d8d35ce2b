import { monitoring } from '../../../templates/systems/fintech-global/monitoring';
import { environments } from '../../../templates/systems/fintech-global/environments';
import { everywhereOf } from './everywhere';
import type { EnvironmentName } from './built';

/** What the region’s other templates tell its monitoring. */
export const parameters = {
  AlarmTopicArn: 'arn:aws:sns:here:111111111111:alarms',
  CertificateArn: 'arn:aws:acm:here:111111111111:certificate/1',
  ClusterName: 'cluster',
  NodeAutoScalingGroupName: 'eks-system',
  DatabaseClusterIdentifier: 'aurora',
  CacheReplicationGroupId: 'cache',
  LoadBalancerFullName: 'app/alb/1',
  ApiTargetGroupFullName: 'targetgroup/api/2',
  WebAclName: 'the-web-acl',
};

/** The other region of each. */
export const otherRegion = { 'ap-southeast-1': 'us-east-1', 'us-east-1': 'ap-southeast-1' } as const;

/** Names of the cache's nodes, as ElastiCache makes them of its group's, shard by shard. */
export const nodesOf = (group: string, environment: EnvironmentName): readonly string[] => {
  const { shards, replicas } = environments[environment].settings.cache;
  return Array.from({ length: shards }, (_, shard) => Array.from({ length: replicas + 1 }, (__, node) => `${group}-000${shard + 1}-00${node + 1}`)).flat();
};

/** Asserts something of every environment's monitoring in each of its regions. */
export const everywhere = everywhereOf(monitoring, () => parameters);
