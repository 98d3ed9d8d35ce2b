import { apexAlias } from '../../modules/dns/apex-alias';
import { defineTemplate } from './environments';
import { environmentDomain } from './names';

/** The environment's sub-domain, which users type, as an alias of CloudFront. The domain itself is in another account: see `apex`. */
export const edgeDns = defineTemplate(
  'edge-dns',
  {
    description: 'LookCard sub-domain as an alias of CloudFront',
    parameters: { DomainName: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' }, DistributionDomainName: { Type: 'String' } },
  },
  (t) => {
    apexAlias(t, 'Domain', { hostedZoneId: t.param('HostedZoneId'), name: environmentDomain(t), distributionDomainName: t.param('DistributionDomainName') });
    return {};
  },
);
