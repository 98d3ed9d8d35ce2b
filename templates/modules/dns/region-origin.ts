import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { failoverRecord } from './failover-record';
import { loadBalancerAlias } from './load-balancer-alias';
import { regionHealth, type RegionHealthSettings } from './region-health';

/** One region's share of the names behind CloudFront. */
export interface RegionOriginSettings extends Omit<RegionHealthSettings, 'leaves' | 'target' | 'loadBalancer'> {
  readonly hostedZoneId: IntrinsicFunction;
  /** `origin.<domain>`, which the healthy region answers. */
  readonly originName: IntrinsicFunction;
  /** `secondary.<domain>`, which is always the secondary region. */
  readonly secondaryName: IntrinsicFunction;
  /** The region's public load balancer. `fullName` is how its metrics know it. */
  readonly loadBalancer: { readonly dnsName: IntrinsicFunction; readonly zoneId: IntrinsicFunction; readonly fullName: IntrinsicFunction };
}

/**
 * One region's half of `origin.<domain>`, to which CloudFront sends what changes something, with the checks that decide about it (see
 * `regionHealth`); and `secondary.<domain>`, the secondary region's own name, to which CloudFront turns with what it could not read at
 * the origin.
 * @returns the region's check: healthy while the region may serve
 */
export function regionOrigin(t: TemplateBuilder<Parameters, unknown>, settings: RegionOriginSettings): Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'> {
  const { hostedZoneId, originName, secondaryName, loadBalancer, deepHealthPath, alarmTopicArn } = settings;
  const region = regionHealth(t, { leaves: 'origin.<domain>', loadBalancer, deepHealthPath, alarmTopicArn });
  failoverRecord(t, 'OriginRecord', { hostedZoneId, name: originName, target: loadBalancer, healthCheck: region });
  loadBalancerAlias(t, 'SecondaryRecord', { hostedZoneId, name: secondaryName, loadBalancer, when: t.isSecondary });
  return region;
}
