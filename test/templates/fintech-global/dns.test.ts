import { expect } from 'chai';
import { dns } from '../../../templates/systems/fintech-global/dns';
import { requirement } from '../../requirements/requirement';
import { failoverDnsParameters, failoverDnsTests, type FailoverSystem } from '../failover-dns-tests';
import { only } from '../plain';
import { bothRegions, emitted, environmentNames, ofType, resolved } from './built';
import { shorts } from './everywhere';

const platform: FailoverSystem = {
  name: 'fintech-global',
  prefix: 'fintechglobal',
  domain: 'fintechglobal.example.com',
  regions: bothRegions,
  compliance: 'pci-dss soc2',
  primaryRecords: ['DomainRecord'],
  record: { id: 'DomainRecord', name: 'fintechglobal.example.com' },
  target: 'pod',
  ids: { endpoint: 'FTG-18 FTG-79', alarm: 'FTG-18 FTG-79', origin: 'FTG-01 FTG-18', region: 'FTG-18 FTG-79', names: 'FTG-03' },
};
const parameters = failoverDnsParameters(platform);

for (const environment of environmentNames) {
  describe(`FinTech Global dns of ${environment}`, () => {
    failoverDnsTests(platform, environment, shorts[environment], emitted(dns, environment), (region) => resolved(dns, region, environment, parameters));

    for (const region of bothRegions) {
      requirement('FTG-18', `has no other record in ${region}: the domain itself fails over, and no CloudFront needs a name behind it`, () => {
        expect(only(ofType(resolved(dns, region, environment, parameters), 'AWS::Route53::RecordSet'), 'Name')).to.deep.equal({ DomainRecord: [platform.domain] });
      });

      requirement('FTG-79', `tells of a ${region} that serves nobody in words of this platform`, () => {
        expect(only(ofType(resolved(dns, region, environment, parameters), 'AWS::CloudWatch::Alarm'), 'AlarmDescription')).to.deep.equal({
          Unanswered: ['The load balancer has no pod that answers: Route 53 takes the region out of <domain> until it has'],
        });
      });
    }
  });
}
