import { expect } from 'chai';
import { zone } from '../../../templates/systems/fintech-global/zone';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, instanceOf, ofType, resolved, resourceOf } from './built';

const DomainName = 'fintechglobal.example.com';

describe('FinTech Global zone', () => {
  for (const environment of environmentNames) {
    requirement('FTG-18', `is one public zone of the domain in ${environment}, whose records can be changed again within an hour of losing us-east-1`, () => {
      const zones = ofType(resolved(zone, 'us-east-1', environment, { DomainName }), 'AWS::Route53::HostedZone');
      expect(Object.keys(zones)).to.deep.equal(['HostedZone']);
      const { Name, HostedZoneFeatures, VPCs } = zones['HostedZone'];
      expect(plain({ Name, HostedZoneFeatures, VPCs })).to.deep.equal({ Name: DomainName, HostedZoneFeatures: { EnableAcceleratedRecovery: true }, VPCs: undefined });
    });

    requirement('FTG-35', `goes with its stack in ${environment}, emptied before, because CloudFormation leaves certificate validation records behind`, () => {
      const instance = instanceOf(zone, environment, 'us-east-1', { DomainName });
      expect([resourceOf(instance, 'HostedZone').deletionPolicy, resourceOf(instance, 'HostedZone').updateReplacePolicy]).to.deep.equal(['Delete', 'Delete']);
      expect(plain(resourceOf(instance, 'HostedZoneEmptied').properties)).to.deep.equal({ ServiceToken: 'Empty.Arn', ServiceTimeout: 960, HostedZoneId: 'HostedZone' });
    });
  }

  it('gives the zone’s id and the name servers to delegate to', () => {
    const { outputs } = resolved(zone, 'us-east-1', 'production', { DomainName });
    expect(plain([outputs.get('HostedZoneId')?.value, outputs.get('NameServers')?.value])).to.deep.equal(['HostedZone', { 'Fn::Join': [',', 'HostedZone.NameServers'] }]);
  });
});
