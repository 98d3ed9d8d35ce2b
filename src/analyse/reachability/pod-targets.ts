import { elementsOf, type PlacedResource } from '../system-index';
import type { RegionResources } from './region-resources';

/**
 * The target groups of addresses for which no template registers anybody: pods of a cluster join them, by a `TargetGroupBinding` that the
 * AWS Load Balancer Controller follows. None in a region without a cluster.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
 */
export function podTargetGroups(region: RegionResources): readonly PlacedResource[] {
  if (region.ofType('AWS::EKS::Cluster').length === 0) return [];
  const registered = region.ofType('AWS::ECS::Service').flatMap(({ properties }) => elementsOf(properties['LoadBalancers']).flatMap(({ TargetGroupArn }) => region.index.referredBy(TargetGroupArn)));
  return region.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').filter((group) => group.properties['TargetType'] === 'ip' && elementsOf(group.properties['Targets']).length === 0 && !registered.includes(group));
}
