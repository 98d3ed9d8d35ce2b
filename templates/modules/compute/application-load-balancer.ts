import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { LoadBalancer } from '../../../src/cfn/generated/elasticloadbalancingv2';

/** An Application Load Balancer. */
export interface ApplicationLoadBalancerSettings {
  /** At most 32 characters. */
  readonly name: Name;
  readonly scheme: 'internet-facing' | 'internal';
  /** Subnets in two or more Availability Zones, as a list. */
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupIds: Value<readonly Value<string>[]>;
  /** A bucket of this region whose policy lets load balancers write; the prefix tells its load balancers apart. */
  readonly accessLogs: { readonly bucketName: IntrinsicFunction; readonly prefix: string };
  /** Refuses to be deleted until this is turned off. */
  readonly deletionProtection: boolean;
  /** Seconds that a connection may be silent. @default 60, the service's own, longer than CloudFront waits for an answer */
  readonly idleTimeoutSeconds?: number;
  /**
   * Seconds after which a client's connection is closed even when busy. @default 120, the time in which DNS moves to another
   * region: under the service's own 3,600 CloudFront would go on using connections to the region that was left
   */
  readonly clientKeepAliveSeconds?: number;
  /**
   * States that each zone's node sends to the targets of all zones. An Application Load Balancer does so in any case and can't be
   * told otherwise. @default unstated
   */
  readonly crossZone?: true;
}

export type LoadBalancerHandle = Handle<'AWS::ElasticLoadBalancingV2::LoadBalancer', 'SecurityGroups' | 'LoadBalancerName' | 'CanonicalHostedZoneID' | 'LoadBalancerArn' | 'DNSName' | 'LoadBalancerFullName'>;

/**
 * A load balancer that drops malformed headers, guards against request smuggling and writes access logs.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
 */
export function applicationLoadBalancer(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ApplicationLoadBalancerSettings): LoadBalancerHandle {
  const { name, scheme, subnetIds, securityGroupIds, accessLogs, deletionProtection, idleTimeoutSeconds = 60, clientKeepAliveSeconds = 120, crossZone } = settings;
  const attributes: Readonly<Record<string, Value<string>>> = {
    'access_logs.s3.bucket': accessLogs.bucketName,
    'access_logs.s3.enabled': 'true',
    'access_logs.s3.prefix': accessLogs.prefix,
    'client_keep_alive.seconds': String(clientKeepAliveSeconds),
    'deletion_protection.enabled': String(deletionProtection),
    'idle_timeout.timeout_seconds': String(idleTimeoutSeconds),
    ...(crossZone ? { 'load_balancing.cross_zone.enabled': 'true' } : {}),
    'routing.http.desync_mitigation_mode': 'defensive',
    'routing.http.drop_invalid_header_fields.enabled': 'true',
    'routing.http2.enabled': 'true',
  };
  return t.add(
    id,
    new LoadBalancer({
      Name: name,
      Type: 'application',
      Scheme: scheme,
      IpAddressType: 'ipv4',
      Subnets: subnetIds,
      SecurityGroups: securityGroupIds,
      LoadBalancerAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}
