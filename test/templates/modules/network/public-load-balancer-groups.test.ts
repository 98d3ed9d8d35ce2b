import { expect } from 'chai';
import { VPC } from '../../../../src/cfn/generated/ec2';
import { publicLoadBalancerGroups } from '../../../../templates/modules/network/public-load-balancer-groups';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

const t = builderOf();
publicLoadBalancerGroups(t, { vpc: t.add('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' })), keyArn: value('key'), logRetentionInDays: 14 });

describe('The groups of a public load balancer', () => {
  it('are two, because one may not hold the rules of both prefix lists', () => {
    const groups = Object.entries(emitted(t)).filter(([, { Type }]) => Type === 'AWS::EC2::SecurityGroup');
    expect(groups.map(([id]) => id)).to.deep.equal(['PublicLoadBalancerSecurityGroup', 'HealthCheckersSecurityGroup']);
  });

  const sources = [
    { group: 'PublicLoadBalancerSecurityGroup', who: 'CloudFront', list: { 'Fn::FindInMap': ['PrefixLists', { Ref: 'AWS::Region' }, 'CloudFront'] } },
    { group: 'HealthCheckersSecurityGroup', who: 'Route 53 health checkers', list: { 'Fn::GetAtt': ['HealthCheckPrefixList', 'PrefixListId'] } },
  ];
  for (const { group, who, list } of sources) {
    it(`let ${who} in on 443 and nobody on 80`, () => {
      expect(properties(t, group)['SecurityGroupIngress']).to.deep.equal([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: who, SourcePrefixListId: list }]);
    });
  }

  it('keep the log of the look-up as long as they are told', () => {
    expect(properties(t, 'LookUpPrefixListLog')['RetentionInDays']).to.equal(14);
  });
});
