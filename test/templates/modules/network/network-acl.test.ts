import { expect } from 'chai';
import { VPC } from '../../../../src/cfn/generated/ec2';
import { networkAcl, type AclAllowance } from '../../../../templates/modules/network/network-acl';
import { builderOf } from '../../../cfn/builder';
import { properties } from '../emitting';

const entryOf = (allowance: AclAllowance): Readonly<Record<string, unknown>> => {
  const t = builderOf();
  networkAcl(t, 'Tier', { vpc: t.add('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' })), subnets: [], inbound: [allowance], outbound: [] });
  return properties(t, 'TierAclIn1');
};

describe('The network ACL module', () => {
  for (const [protocol, number] of [[undefined, 6], ['tcp', 6], ['udp', 17]] as const) {
    it(`lets ${protocol ?? 'TCP, when told nothing,'} through on the ports that it names`, () => {
      expect(entryOf({ cidr: '10.0.0.0/18', ports: [[53, 53]], protocol })).to.deep.include({ Protocol: number, RuleAction: 'allow', Egress: false, CidrBlock: '10.0.0.0/18', PortRange: { From: 53, To: 53 } });
    });
  }
});
