import type { Condition, Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { RecordSet } from '../../../src/cfn/generated/route53';

/** A name that always means one load balancer. */
export interface LoadBalancerAliasSettings {
  readonly hostedZoneId: IntrinsicFunction;
  readonly name: IntrinsicFunction;
  readonly loadBalancer: { readonly dnsName: IntrinsicFunction; readonly zoneId: IntrinsicFunction };
  /** Where there is one. @default in both regions */
  readonly when?: Condition;
}

/**
 * An alias of a load balancer that never answers anything else: unhealthy or not, there is no other to fall back to, so that its
 * health is not asked.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias.html
 */
export function loadBalancerAlias(t: TemplateBuilder<Parameters, unknown>, id: string, settings: LoadBalancerAliasSettings): Handle<'AWS::Route53::RecordSet', never> {
  const { hostedZoneId, name, loadBalancer, when } = settings;
  return t.add(
    id,
    new RecordSet({ HostedZoneId: hostedZoneId, Name: name, Type: 'A', AliasTarget: { DNSName: loadBalancer.dnsName, HostedZoneId: loadBalancer.zoneId, EvaluateTargetHealth: false } }),
    { when },
  );
}
