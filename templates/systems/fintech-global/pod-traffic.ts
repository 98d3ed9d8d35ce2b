import type { Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import type { EksClusterHandle } from '../../modules/compute/eks-cluster';
import { admitGroup, reachGroup } from '../../modules/network/group-rule';
import type { FintechGlobalSettings } from './environments';
import { cachePort } from './security-groups';

/** Ids of the groups that stand with the network. */
export interface NetworkGroups {
  readonly loadBalancer: Value<string>;
  readonly database: Value<string>;
  readonly cache: Value<string>;
  readonly endpoints: Value<string>;
}

/**
 * Who connects to pods, and to what they connect. Pods on Fargate and nodes all have the group that EKS makes for the cluster, whose
 * members reach each other and, unless the other side refuses, everything else. So the other side says who comes in.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export function podTraffic(t: TemplateBuilder<Parameters, FintechGlobalSettings>, cluster: EksClusterHandle, groups: NetworkGroups): void {
  const pods = cluster.att('ClusterSecurityGroupId');
  const { port } = t.settings.services.api;
  const requests = { from: groups.loadBalancer, to: pods, port, description: 'Requests to the API pods, and whether they are ready' };
  reachGroup(t, 'LoadBalancerToApi', requests);
  admitGroup(t, 'ApiFromLoadBalancer', requests);
  admitGroup(t, 'DatabaseFromPods', { from: pods, to: groups.database, port: postgresPort, description: 'Aurora PostgreSQL, from pods' });
  admitGroup(t, 'CacheFromPods', { from: pods, to: groups.cache, port: cachePort, description: 'ElastiCache, from pods' });
  admitGroup(t, 'EndpointsFromPods', { from: pods, to: groups.endpoints, port: 443, description: 'Interface endpoints, from pods and nodes' });
}
