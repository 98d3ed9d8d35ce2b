import { Aws, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { RecordSet } from '../../../src/cfn/generated/route53';

/** One region's half of a name that fails over between two regions. */
export interface FailoverRecordSettings {
  readonly hostedZoneId: IntrinsicFunction;
  /** The name that both regions answer to. */
  readonly name: IntrinsicFunction;
  /** This region's load balancer. */
  readonly loadBalancer: { readonly dnsName: IntrinsicFunction; readonly zoneId: IntrinsicFunction };
  readonly healthCheck: Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'>;
}

/**
 * An alias that answers in the primary region while it is healthy, and in the secondary otherwise. The same template writes
 * both halves; the region tells them apart. Failover needs no change of a record, because Route 53's control plane may be down
 * just then: the health check and the load balancer's own health decide. When both are unhealthy Route 53 answers the primary.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html
 */
export function failoverRecord(t: TemplateBuilder<Parameters, unknown>, id: string, settings: FailoverRecordSettings): Handle<'AWS::Route53::RecordSet', never> {
  const { hostedZoneId, name, loadBalancer, healthCheck } = settings;
  return t.add(
    id,
    new RecordSet({
      HostedZoneId: hostedZoneId,
      Name: name,
      Type: 'A',
      SetIdentifier: Aws.region,
      Failover: t.isPrimary.choose('PRIMARY', 'SECONDARY'),
      HealthCheckId: healthCheck.ref(),
      AliasTarget: { DNSName: loadBalancer.dnsName, HostedZoneId: loadBalancer.zoneId, EvaluateTargetHealth: true },
    }),
  );
}
