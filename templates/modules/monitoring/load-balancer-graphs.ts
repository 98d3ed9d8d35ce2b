import type { Token, Value } from '../../../src/cfn';
import type { Graph } from './dashboard';
import { ofLoadBalancer } from './service-alarms';

/** A region's load balancer. */
export interface LoadBalancerGraphsSettings {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly loadBalancer: Token<'String'>;
}

/** Graphs of what is asked, what fails and how long answers take on average. */
export function requestGraphs({ region, place, loadBalancer }: LoadBalancerGraphsSettings): readonly Graph[] {
  return [
    { title: `Requests in ${place}`, statistic: 'Sum', region, metrics: [{ ...ofLoadBalancer('RequestCount', loadBalancer), label: 'requests' }, { ...ofLoadBalancer('HTTPCode_Target_5XX_Count', loadBalancer), label: 'errors' }] },
    { title: `Seconds to answer in ${place}`, statistic: 'Average', region, metrics: [{ ...ofLoadBalancer('TargetResponseTime', loadBalancer), label: 'mean' }] },
  ];
}

/** Graphs of what the load balancer answers itself, and of how slow the slowest requests are. */
export function slowestGraphs({ region, place, loadBalancer }: LoadBalancerGraphsSettings): readonly Graph[] {
  return [
    { title: `Errors of the load balancer in ${place}`, statistic: 'Sum', region, metrics: [{ ...ofLoadBalancer('HTTPCode_ELB_5XX_Count', loadBalancer), label: '5xx' }] },
    { title: `Seconds of the slowest in ${place}`, statistic: 'p99', region, metrics: [{ ...ofLoadBalancer('TargetResponseTime', loadBalancer), label: '99 %' }] },
  ];
}
