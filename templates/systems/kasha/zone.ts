import { Token } from '../../../src/cfn';
import { publicZone } from '../../modules/dns/public-zone';
import { emptied } from '../../modules/security/emptied';
import { defineTemplate } from './environments';

/** The public hosted zone of the domain, when the parameters name no existing one. */
export const zone = defineTemplate(
  'zone',
  { description: 'Kasha public hosted zone, emptied before it is deleted', parameters: { DomainName: { Type: 'String' } } },
  (t) => {
    const hostedZone = publicZone(t, 'HostedZone', t.param('DomainName'));
    emptied(t, { name: 'empty-zone', zones: { HostedZone: hostedZone } });
    return { HostedZoneId: hostedZone.ref(), NameServers: new Token('Fn::Join', [',', hostedZone.att('NameServers')], 'CommaDelimitedList') };
  },
);
