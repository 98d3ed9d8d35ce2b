import type { Token, Value } from '../../../src/cfn';
import type { Metric } from './alarm';
import type { Graph } from './dashboard';

/** A metric that a Network Load Balancer has as a whole. */
export type NetworkLoadBalancerMetricName = 'ActiveFlowCount' | 'ClientTLSNegotiationErrorCount' | 'NewFlowCount' | 'PortAllocationErrorCount' | 'ProcessedBytes' | 'TCP_ELB_Reset_Count' | 'TCP_Target_Reset_Count';

/**
 * A metric of a Network Load Balancer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 */
export const ofNetworkLoadBalancer = (name: NetworkLoadBalancerMetricName, loadBalancer: Value<string>): Metric => ({ namespace: 'AWS/NetworkELB', name, dimensions: { LoadBalancer: loadBalancer } });

/** A region's Network Load Balancer. */
export interface NetworkLoadBalancerGraphsSettings {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly loadBalancer: Token<'String'>;
}

/** Graphs of its connections, and of those that it or its targets cut off. */
export function networkLoadBalancerGraphs({ region, place, loadBalancer }: NetworkLoadBalancerGraphsSettings): readonly Graph[] {
  const of = (name: NetworkLoadBalancerMetricName, label: string) => ({ ...ofNetworkLoadBalancer(name, loadBalancer), label });
  return [
    { title: `Connections of the internal load balancer in ${place}`, statistic: 'Sum', region, metrics: [of('NewFlowCount', 'new')] },
    {
      title: `Connections cut off in ${place}`,
      statistic: 'Sum',
      region,
      metrics: [of('TCP_ELB_Reset_Count', 'by the load balancer'), of('TCP_Target_Reset_Count', 'by tasks'), of('ClientTLSNegotiationErrorCount', 'by TLS'), of('PortAllocationErrorCount', 'for want of ports')],
    },
  ];
}
