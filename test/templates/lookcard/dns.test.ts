import { expect } from 'chai';
import { dns } from '../../../templates/systems/lookcard/dns';
import { requirement } from '../../requirements/requirement';
import { failoverDnsParameters, failoverDnsTests, type FailoverSystem } from '../failover-dns-tests';
import { only, plain } from '../plain';
import { bothRegions, emitted, environmentNames, ofType, resolved } from './built';

const system: FailoverSystem = {
  name: 'lookcard',
  prefix: 'lookcard',
  domain: 'production.lookcard.com',
  regions: bothRegions,
  compliance: 'pci-dss soc2',
  primaryRecords: ['ApiRecord', 'OriginRecord'],
  healthPath: '/health/region',
  ids: { endpoint: 'LKC-84 LKC-112', alarm: 'LKC-84 LKC-112', origin: 'LKC-84 LKC-112', region: 'LKC-84 LKC-112', names: 'LKC-84' },
};
const parameters = { ...failoverDnsParameters(system), DomainName: 'lookcard.com', ApiDomainName: 'd-1.execute-api.amazonaws.com', ApiZoneId: 'ZAPI' };

describe('LookCard names of production', () => {
  failoverDnsTests(system, 'production', 'prod', emitted(dns), (region) => resolved(dns, region, 'production', parameters));

  for (const region of bothRegions) {
    requirement('LKC-84 LKC-112', `makes the API of ${region} its half of the name that clients with keys call, by the same check and the health of API Gateway`, () => {
      const { HealthCheckId, ...record } = ofType(resolved(dns, region, 'production', parameters), 'AWS::Route53::RecordSet')['ApiRecord'];
      expect(record).to.deep.equal({
        HostedZoneId: 'Z1',
        Name: 'api.production.lookcard.com',
        Type: 'A',
        SetIdentifier: region,
        Failover: region === 'ap-southeast-1' ? 'PRIMARY' : 'SECONDARY',
        AliasTarget: { DNSName: parameters.ApiDomainName, HostedZoneId: parameters.ApiZoneId, EvaluateTargetHealth: true },
      });
      expect(plain(HealthCheckId)).to.equal('RegionCheck');
    });
  }
});

for (const environment of environmentNames.filter((name) => name !== 'production')) {
  describe(`LookCard names of ${environment}`, () => {
    requirement('LKC-84', 'leads the origin’s name to the load balancer and the API’s to API Gateway, with nothing to fail over to and nothing checked', () => {
      const stack = resolved(dns, 'ap-southeast-1', environment, parameters);
      const alias = (name: string, DNSName: string, HostedZoneId: string) => [`${name}.${environment}.lookcard.com`, 'A', undefined, undefined, { DNSName, HostedZoneId, EvaluateTargetHealth: false }];
      expect(only(ofType(stack, 'AWS::Route53::RecordSet'), 'Name', 'Type', 'Failover', 'HealthCheckId', 'AliasTarget')).to.deep.equal({
        OriginRecord: alias('origin', parameters.LoadBalancerDnsName, parameters.LoadBalancerZoneId),
        ApiRecord: alias('api', parameters.ApiDomainName, parameters.ApiZoneId),
      });
      expect(Object.keys(ofType(stack, 'AWS::Route53::HealthCheck'))).to.deep.equal([]);
    });
  });
}
