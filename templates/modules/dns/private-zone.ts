import { Aws, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { HostedZone } from '../../../src/cfn/generated/route53';
import { loadBalancerAlias } from './load-balancer-alias';

/** A name that only one VPC can resolve. */
export interface PrivateZoneSettings {
  readonly name: Name;
  /** The zone's domain. Inside the VPC it hides the same name of a public zone, and nothing beside it. */
  readonly domainName: IntrinsicFunction;
  readonly vpcId: IntrinsicFunction;
  /** The internal load balancer that the domain itself stands for. */
  readonly loadBalancer: { readonly dnsName: IntrinsicFunction; readonly zoneId: IntrinsicFunction };
}

/**
 * A private hosted zone of one name, which is an alias of an internal load balancer: clients in the VPC call it by a name that
 * its certificate covers, and each region answers with its own.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html
 */
export function privateZone(t: TemplateBuilder<Parameters, unknown>, id: string, settings: PrivateZoneSettings): Handle<'AWS::Route53::HostedZone', 'Id' | 'NameServers'> {
  const { name, domainName, vpcId, loadBalancer } = settings;
  const zone = t.add(id, new HostedZone({ Name: domainName, HostedZoneConfig: { Comment: name }, VPCs: [{ VPCId: vpcId, VPCRegion: Aws.region }] }));
  loadBalancerAlias(t, `${id}Record`, { hostedZoneId: zone.ref(), name: domainName, loadBalancer });
  return zone;
}
