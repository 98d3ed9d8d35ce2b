import type { IntrinsicFunction, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { LoadBalancer } from '../../../src/cfn/generated/elasticloadbalancingv2';
import type { LoadBalancerHandle } from './application-load-balancer';

/** A Network Load Balancer without an address on the internet. */
export interface NetworkLoadBalancerSettings {
  /** At most 32 characters. */
  readonly name: Name;
  /** Subnets in two or more Availability Zones, as a list. */
  readonly subnetIds: IntrinsicFunction;
  /** At least one, and from the beginning: a load balancer that was made without any can't be given one. */
  readonly securityGroupIds: readonly [Value<string>, ...Value<string>[]];
  /** A bucket of this region whose policy lets `delivery.logs.amazonaws.com` write; the prefix tells its load balancers apart. */
  readonly accessLogs: { readonly bucketName: IntrinsicFunction; readonly prefix: string };
  /** Refuses to be deleted until this is turned off. */
  readonly deletionProtection: boolean;
}

/**
 * An internal Network Load Balancer that API Gateway may reach by a VPC link. Each zone's node sends to the targets of all zones, and its
 * access logs tell of connections to TLS listeners: AWS writes none of others.
 *
 * Its groups decide who connects from the VPC. Connections through PrivateLink, by which VPC links come, they are not asked about: those
 * have addresses of API Gateway's that change without notice, so AWS's guide turns the question off. Who may come that way says the
 * endpoint service of the VPC link, which nobody but API Gateway uses.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html
 */
export function networkLoadBalancer(t: TemplateBuilder<Parameters, unknown>, id: string, settings: NetworkLoadBalancerSettings): LoadBalancerHandle {
  const { name, subnetIds, securityGroupIds, accessLogs, deletionProtection } = settings;
  const attributes: Readonly<Record<string, Value<string>>> = {
    'access_logs.s3.bucket': accessLogs.bucketName,
    'access_logs.s3.enabled': 'true',
    'access_logs.s3.prefix': accessLogs.prefix,
    'deletion_protection.enabled': String(deletionProtection),
    'load_balancing.cross_zone.enabled': 'true',
  };
  return t.add(
    id,
    new LoadBalancer({
      Name: name,
      Type: 'network',
      Scheme: 'internal',
      IpAddressType: 'ipv4',
      Subnets: subnetIds,
      SecurityGroups: securityGroupIds,
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
      LoadBalancerAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}
