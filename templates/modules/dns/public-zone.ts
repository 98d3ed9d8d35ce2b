import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { HostedZone } from '../../../src/cfn/generated/route53';

/**
 * A public hosted zone with accelerated recovery: within an hour of losing us-east-1, where Route 53's control plane is,
 * its records can be changed again.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html
 */
export function publicZone(t: TemplateBuilder<Parameters, unknown>, id: string, domainName: IntrinsicFunction): Handle<'AWS::Route53::HostedZone', 'Id' | 'NameServers'> {
  return t.add(
    id,
    new HostedZone({ Name: domainName, HostedZoneConfig: { Comment: t.resourceName('zone') }, HostedZoneFeatures: { EnableAcceleratedRecovery: true } }).keep('Delete'),
  );
}
