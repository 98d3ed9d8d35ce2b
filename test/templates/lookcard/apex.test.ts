import { expect } from 'chai';
import { apex } from '../../../templates/systems/lookcard/apex';
import { requirement } from '../../requirements/requirement';
import { ofType, resolved } from './built';

const certificate = 'arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000';
const stackWith = (ApexCertificateArn: string) =>
  resolved(apex, 'us-east-1', 'production', { DomainName: 'lookcard.com', ApexCertificateArn, ParentHostedZoneId: 'ZPARENT', DistributionDomainName: 'd1.cloudfront.net' });
const answers = (ApexCertificateArn: string): unknown => {
  const { Name, Value } = ofType(stackWith(ApexCertificateArn), 'AWS::SSM::Parameter')['Answers'];
  return [Name, Value];
};

describe('LookCard’s domain itself', () => {
  requirement('LKC-11', 'is an alias of production’s distribution in the DNS account’s zone, once there is a certificate of it', () => {
    const record = (Type: string) => ({ HostedZoneId: 'ZPARENT', Name: 'lookcard.com', Type, AliasTarget: { DNSName: 'd1.cloudfront.net', HostedZoneId: 'Z2FDTNDATAQYW2', EvaluateTargetHealth: false } });
    expect(ofType(stackWith(certificate), 'AWS::Route53::RecordSet')).to.deep.equal({ Domain: record('A'), DomainIpv6: record('AAAA') });
    expect(answers(certificate)).to.deep.equal(['lookcard-apex-prod-main', 'production.lookcard.com']);
  });

  requirement('LKC-11', 'is left alone without one', () => {
    expect(ofType(stackWith(''), 'AWS::Route53::RecordSet')).to.deep.equal({});
    expect(answers('')).to.deep.equal(['lookcard-apex-prod-main', 'nobody']);
  });
});
