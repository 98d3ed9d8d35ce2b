import { Aws, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { RecordSet } from '../../../src/cfn/generated/route53';

/** One region's half of a name that fails over between two regions. */
export interface FailoverRecordSettings {
  readonly hostedZoneId: IntrinsicFunction;
  /** The name that both regions answer to. */
  readonly name: IntrinsicFunction;
  /** What answers in this region: a load balancer, or the regional domain name of an API. */
  readonly target: { readonly dnsName: IntrinsicFunction; readonly zoneId: IntrinsicFunction };
  readonly healthCheck: Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'>;
}

/**
 * An alias that answers in the primary region while it is healthy, and in the secondary otherwise. The same template writes
 * both halves; the region tells them apart. Failover needs no change of a record, because Route 53's control plane may be down
 * just then: the health check and the target's own health decide, which of an API Gateway is that of the service. When both are unhealthy Route 53 answers the primary.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/dns-failover.html
 */
export function failoverRecord(t: TemplateBuilder<Parameters, unknown>, id: string, settings: FailoverRecordSettings): Handle<'AWS::Route53::RecordSet', never> {
  const { hostedZoneId, name, target, healthCheck } = settings;
  return t.add(
    id,
    new RecordSet({
      HostedZoneId: hostedZoneId,
      Name: name,
      Type: 'A',
      SetIdentifier: Aws.region,
      Failover: t.isPrimary.choose('PRIMARY', 'SECONDARY'),
      HealthCheckId: healthCheck.ref(),
      AliasTarget: { DNSName: target.dnsName, HostedZoneId: target.zoneId, EvaluateTargetHealth: true },
    }),
  );
}
