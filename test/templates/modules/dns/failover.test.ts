import { expect } from 'chai';
import { failoverRecord } from '../../../../templates/modules/dns/failover-record';
import { healthCheck } from '../../../../templates/modules/dns/health-check';
import { privateZone } from '../../../../templates/modules/dns/private-zone';
import { regionOrigin } from '../../../../templates/modules/dns/region-origin';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { value } from '../compute/behind-load-balancer';

const loadBalancer = { dnsName: value('balancer'), zoneId: value('zone') };

describe('The health check and failover record modules', () => {
  const t = builderOf();
  const check = healthCheck(t, 'Check', { name: t.resourceName('origin'), host: value('host'), path: '/deep' });
  failoverRecord(t, 'Record', { hostedZoneId: value('public'), name: value('origin'), target: loadBalancer, healthCheck: check });

  it('find a failure in half a minute', () => {
    const { RequestInterval, FailureThreshold } = properties(t, 'Check')['HealthCheckConfig'] as { readonly RequestInterval: number; readonly FailureThreshold: number };
    expect(RequestInterval * FailureThreshold).to.equal(30);
  });

  it('still have the three checker regions that Route 53 asks for when one region is lost', () => {
    const { Regions } = properties(t, 'Check')['HealthCheckConfig'] as { readonly Regions: readonly string[] };
    expect(new Set(Regions).size).to.be.at.least(4);
  });

  it('carry a name in the console beside the required tags', () => {
    const tags = properties(t, 'Check')['HealthCheckTags'] as readonly { readonly Key: string }[];
    expect(tags.map(({ Key }) => Key)).to.deep.equal(['Compliance', 'CostCenter', 'Environment', 'Name', 'System']);
  });

  it('answer by the health of both the check and the load balancer, in one template for both regions', () => {
    expect(properties(t, 'Record')).to.deep.include({ HealthCheckId: { Ref: 'Check' }, SetIdentifier: { Ref: 'AWS::Region' }, Failover: { 'Fn::If': ['IsPrimary', 'PRIMARY', 'SECONDARY'] } });
    expect(properties(t, 'Record')).to.have.nested.property('AliasTarget.EvaluateTargetHealth', true);
  });
});

describe('The origin of a region', () => {
  it('gives the check that decides about its name, for other names of the region', () => {
    const t = builderOf();
    const region = regionOrigin(t, { hostedZoneId: value('public'), originName: value('origin'), secondaryName: value('secondary'), loadBalancer: { ...loadBalancer, fullName: value('app') }, deepHealthPath: '/deep', alarmTopicArn: value('topic') });
    expect(region.ref().toJSON()).to.deep.equal(properties(t, 'OriginRecord')['HealthCheckId']);
    expect(properties(t, region.logicalId)['HealthCheckConfig']).to.deep.equal({ Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'EndpointCheck' }, { Ref: 'AnswersCheck' }], HealthThreshold: 2 });
    expect(properties(t, 'EndpointCheck')).to.have.nested.property('HealthCheckConfig.FullyQualifiedDomainName').that.deep.equals({ 'Fn::Sub': 'balancer' });
    expect(emitted(t)['SecondaryRecord']).to.deep.include({ Condition: 'IsSecondary' });
  });
});

describe('The private zone module', () => {
  it('makes the zone visible to one VPC and its apex an alias', () => {
    const t = builderOf();
    privateZone(t, 'Zone', { name: t.resourceName('backend'), domainName: value('backend.example.com'), vpcId: value('vpc'), loadBalancer });
    expect(properties(t, 'Zone')['VPCs']).to.deep.equal([{ VPCId: { 'Fn::Sub': 'vpc' }, VPCRegion: { Ref: 'AWS::Region' } }]);
    expect(properties(t, 'ZoneRecord')).to.deep.include({ HostedZoneId: { Ref: 'Zone' }, Name: { 'Fn::Sub': 'backend.example.com' }, Type: 'A' });
  });
});
