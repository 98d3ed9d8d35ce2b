import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, anomalyAlarm } from './alarm';
import { ofNetworkLoadBalancer } from './network-load-balancer-graphs';

/** A Network Load Balancer, whose targets are watched elsewhere. */
export interface NetworkLoadBalancerAlarmsSettings {
  /** The load balancer's part of names, for example `nlb`. */
  readonly name: string;
  /** Who calls through it, as descriptions say it, for example `API Gateway`. */
  readonly caller: string;
  readonly loadBalancer: Token<'String'>;
  readonly topic: Token<'String'>;
}

/**
 * Alarms on what goes wrong between a Network Load Balancer and who calls it, of which no task knows. It counts connections, not requests:
 * whether those succeed only the caller's metrics say.
 * @param id PascalCase, before the alarms' logical ids
 */
export function networkLoadBalancerAlarms(t: TemplateBuilder<Parameters, unknown>, id: string, { name, caller, loadBalancer, topic }: NetworkLoadBalancerAlarmsSettings): void {
  const above = { statistic: 'Sum', comparison: 'GreaterThanThreshold', topic } as const;
  alarm(t, `${id}Tls`, {
    name: `${name}-tls`,
    description: `${caller} and the internal load balancer do not agree on TLS. Compare the name that ${caller} expects with those of the certificate, and whether that was renewed`,
    metric: ofNetworkLoadBalancer('ClientTLSNegotiationErrorCount', loadBalancer),
    threshold: 0,
    ...above,
  });
  alarm(t, `${id}Ports`, {
    name: `${name}-ports`,
    description: 'The internal load balancer has no port left for a connection to a task, and drops it. Add tasks to the service with the most connections: each has ports of its own',
    metric: ofNetworkLoadBalancer('PortAllocationErrorCount', loadBalancer),
    threshold: 0,
    periods: 1,
    ...above,
  });
  anomalyAlarm(t, `${id}Resets`, {
    name: `${name}-resets`,
    description: 'The internal load balancer cuts more connections off than usual at this hour: no task is healthy, or tasks leave before their requests are done. Look at the alarms on tasks',
    metric: ofNetworkLoadBalancer('TCP_ELB_Reset_Count', loadBalancer),
    statistic: 'Sum',
    topic,
  });
}
