import { dns } from '../../../templates/systems/financial-portal/dns';
import { failoverDnsParameters, failoverDnsTests, type FailoverSystem } from '../failover-dns-tests';
import { bothRegions, emitted, environmentNames, resolved } from './built';

const portal: FailoverSystem = {
  name: 'financial-portal',
  prefix: 'fin',
  domain: 'portal.example.com',
  regions: bothRegions,
  compliance: 'pci-dss soc2 mas-trm',
  primaryRecords: ['OriginRecord'],
  ids: { endpoint: 'FIN-38', alarm: 'FIN-38', origin: 'FIN-39', region: 'FIN-38 FIN-39', names: 'FIN-58 FIN-61', secondary: 'FIN-39' },
};
const shorts = { production: 'prod', staging: 'staging', develop: 'dev' } as const;

for (const environment of environmentNames) {
  describe(`Financial portal dns of ${environment}`, () => {
    failoverDnsTests(portal, environment, shorts[environment], emitted(dns, environment), (region) => resolved(dns, region, environment, failoverDnsParameters(portal)));
  });
}
