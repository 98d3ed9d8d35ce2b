import { expect } from 'chai';
import { delegation } from '../../../templates/systems/lookcard/delegation';
import { edgeDns } from '../../../templates/systems/lookcard/edge-dns';
import { parentZone } from '../../../templates/systems/lookcard/parent-zone';
import { zone } from '../../../templates/systems/lookcard/zone';
import { requirement } from '../../requirements/requirement';
import { only } from '../plain';
import { environmentNames, ofType, resolved } from './built';
import { shorts } from './everywhere';

const application = '111111111111';
const parameters = { DomainName: 'lookcard.com', ParentHostedZoneId: 'ZPARENT', NameServers: 'ns-1.example.net,ns-2.example.org', ApplicationAccountId: application };

describe('LookCard zones and delegation', () => {
  for (const environment of environmentNames) {
    const stack = () => resolved(delegation, 'ap-southeast-1', environment, parameters);

    requirement('LKC-11', `delegates ${environment}.<domain> from the zone of the domain, and writes nothing else there`, () => {
      expect(ofType(stack(), 'AWS::Route53::RecordSet')).to.deep.equal({
        NameServerRecord: { HostedZoneId: 'ZPARENT', Name: `${environment}.lookcard.com`, Type: 'NS', TTL: '3600', ResourceRecords: ['ns-1.example.net', 'ns-2.example.org'] },
      });
    });

    requirement('LKC-12', `trusts a role to the application account alone, which has to say what was agreed: ${environment}`, () => {
      const { DelegationRole, ...others } = ofType(stack(), 'AWS::IAM::Role');
      expect(others).to.deep.equal({});
      expect(DelegationRole.RoleName).to.equal(`lookcard-delegation-${shorts[environment]}-main-ap-southeast-1`);
      expect(DelegationRole.AssumeRolePolicyDocument).to.deep.equal({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${application}:root` },
            Action: ['sts:AssumeRole'],
            Condition: { StringEquals: { 'sts:ExternalId': `lookcard-delegation-${shorts[environment]}-main` } },
          },
        ],
      });
    });

    requirement('LKC-12', `lets the role write the name servers of ${environment}.<domain> in that one zone: it deletes no record, and touches no other`, () => {
      const { Policies, ManagedPolicyArns } = ofType(stack(), 'AWS::IAM::Role')['DelegationRole'];
      const keys = { NormalizedRecordNames: [`${environment}.lookcard.com`], RecordTypes: ['NS'], Actions: ['CREATE', 'UPSERT'] };
      const conditions = (value: (key: keyof typeof keys) => unknown) => Object.fromEntries(Object.keys(keys).map((key) => [`route53:ChangeResourceRecordSets${key}`, value(key as keyof typeof keys)]));
      expect([Policies, ManagedPolicyArns]).to.deep.equal([
        [
          {
            PolicyName: 'own',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['route53:ChangeResourceRecordSets'],
                  Resource: ['arn:aws:route53:::hostedzone/ZPARENT'],
                  Condition: { 'ForAllValues:StringEquals': conditions((key) => keys[key]), Null: conditions(() => 'false') },
                },
              ],
            },
          },
        ],
        undefined,
      ]);
    });

    requirement('LKC-11 LKC-84', `answers ${environment}.<domain> with CloudFront over IPv4 and IPv6, in the zone of its own`, () => {
      const AliasTarget = { DNSName: 'd1.cloudfront.net', HostedZoneId: 'Z2FDTNDATAQYW2', EvaluateTargetHealth: false };
      const record = (Type: string) => ({ HostedZoneId: 'ZOWN', Name: `${environment}.lookcard.com`, Type, AliasTarget });
      expect(ofType(resolved(edgeDns, 'us-east-1', environment, { DomainName: 'lookcard.com', HostedZoneId: 'ZOWN', DistributionDomainName: 'd1.cloudfront.net' }), 'AWS::Route53::RecordSet')).to.deep.equal({
        Domain: record('A'),
        DomainIpv6: record('AAAA'),
      });
    });
  }

  for (const [title, definition] of [['sub-domain', zone], ['domain itself', parentZone]] as const) {
    requirement('LKC-11 LKC-84', `makes a public zone of the ${title} where none is given, whose records can be changed again soon after us-east-1 is lost`, () => {
      const zones = ofType(resolved(definition, 'ap-southeast-1', 'production', { DomainName: 'name.example.com' }), 'AWS::Route53::HostedZone');
      expect(only(zones, 'Name', 'VPCs', 'HostedZoneFeatures')).to.deep.equal({ HostedZone: ['name.example.com', undefined, { EnableAcceleratedRecovery: true }] });
    });
  }
});
