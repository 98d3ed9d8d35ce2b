import { expect } from 'chai';
import { admitGroup, reachGroup } from '../../../../templates/modules/network/group-rule';
import { builderOf } from '../../../cfn/builder';
import { emitted } from '../emitting';

describe('The rules between security groups that stand elsewhere', () => {
  it('let one group out and the other in, on one port', () => {
    const t = builderOf();
    const way = { from: 'sg-pods', to: 'sg-database', port: 5432, description: 'PostgreSQL' };
    reachGroup(t, 'Out', way);
    admitGroup(t, 'In', way);
    const tcp = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, Description: 'PostgreSQL' };
    expect(emitted(t)).to.deep.equal({
      Out: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: 'sg-pods', DestinationSecurityGroupId: 'sg-database', ...tcp } },
      In: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-database', SourceSecurityGroupId: 'sg-pods', ...tcp } },
    });
  });
});
