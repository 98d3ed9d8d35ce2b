import { expect } from 'chai';
import { dns } from '../../../templates/systems/customer-portal/dns';
import { requirement } from '../../requirements/requirement';
import { failoverDnsParameters, failoverDnsTests, type FailoverSystem } from '../failover-dns-tests';
import { plain } from '../plain';
import { bothRegions, emitted, environmentNames, ofType, resolved } from './built';

const portal: FailoverSystem = {
  name: 'customer-portal',
  prefix: 'cus',
  domain: 'customers.example.com',
  regions: bothRegions,
  compliance: 'pci-dss soc2',
  primaryRecords: ['ApiRecord', 'OriginRecord'],
  ids: { endpoint: 'CUS-64', alarm: 'CUS-64', origin: 'CUS-63 CUS-64', region: 'CUS-64', names: 'CUS-62 CUS-69', secondary: 'CUS-64' },
};
const parameters = { ...failoverDnsParameters(portal), ApiDomainName: 'd-1.execute-api.amazonaws.com', ApiZoneId: 'ZAPI' };
const shorts = { production: 'prod', staging: 'stg', develop: 'dev' } as const;

for (const environment of environmentNames) {
  describe(`Customer portal dns of ${environment}`, () => {
    failoverDnsTests(portal, environment, shorts[environment], emitted(dns, environment), (region) => resolved(dns, region, environment, parameters));

    for (const region of bothRegions) {
      requirement('CUS-64 CUS-44', `makes the API of ${region} its half of api.<domain>, which clients with keys call, by the same check and the health of API Gateway`, () => {
        const { HealthCheckId, ...record } = ofType(resolved(dns, region, environment, parameters), 'AWS::Route53::RecordSet')['ApiRecord'];
        expect(record).to.deep.equal({
          HostedZoneId: 'Z1',
          Name: 'api.customers.example.com',
          Type: 'A',
          SetIdentifier: region,
          Failover: region === 'us-east-1' ? 'PRIMARY' : 'SECONDARY',
          AliasTarget: { DNSName: parameters.ApiDomainName, HostedZoneId: parameters.ApiZoneId, EvaluateTargetHealth: true },
        });
        expect(plain(HealthCheckId)).to.equal('RegionCheck');
      });
    }
  });
}
