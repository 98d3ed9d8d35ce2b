import type { Condition, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { RecordSet } from '../../../src/cfn/generated/route53';

/** The name that users type, answered by CloudFront. */
export interface ApexAliasSettings {
  readonly hostedZoneId: IntrinsicFunction;
  /** The zone's own name, or one in it. */
  readonly name: IntrinsicFunction;
  /** The distribution's own domain name, under cloudfront.net. */
  readonly distributionDomainName: IntrinsicFunction;
  /** Where the name is answered. @default everywhere */
  readonly when?: Condition;
}

/** The hosted zone of all distributions. @see https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
const cloudFrontZone = 'Z2FDTNDATAQYW2';

/**
 * Aliases to a distribution over IPv4 and IPv6. They do not evaluate its health, which Route 53 can't do for CloudFront: the
 * origin's name fails over behind it, this one never changes.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-cloudfront-distribution.html
 */
export function apexAlias(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ApexAliasSettings): void {
  const { hostedZoneId, name, distributionDomainName, when } = settings;
  const records = { A: id, AAAA: `${id}Ipv6` };
  for (const [Type, logicalId] of Object.entries(records)) {
    t.add(logicalId, new RecordSet({ HostedZoneId: hostedZoneId, Name: name, Type, AliasTarget: { DNSName: distributionDomainName, HostedZoneId: cloudFrontZone, EvaluateTargetHealth: false } }), { when });
  }
}
