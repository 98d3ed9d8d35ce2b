import { expect } from 'chai';
import { VPC } from '../../../../src/cfn/generated/ec2';
import { cloudflareLoadBalancerGroup } from '../../../../templates/modules/network/cloudflare-load-balancer-group';
import { cloudflareRanges } from '../../../../templates/modules/network/cloudflare-prefix-list';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { bounds } from './bounds';

const t = builderOf();
cloudflareLoadBalancerGroup(t, t.add('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' })));

describe('The group of a load balancer behind Cloudflare', () => {
  it('lets Cloudflare’s published ranges in on 443, and nobody else', () => {
    const groups = Object.entries(emitted(t)).filter(([, { Type }]) => Type === 'AWS::EC2::SecurityGroup');
    expect(groups.map(([id]) => id)).to.deep.equal(['PublicLoadBalancerSecurityGroup']);
    expect(properties(t, 'PublicLoadBalancerSecurityGroup')['SecurityGroupIngress']).to.deep.equal([
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'Cloudflare', SourcePrefixListId: { 'Fn::GetAtt': ['CloudflareRanges', 'PrefixListId'] } },
    ]);
  });

  it('says of when the ranges are, and has room for more without taking all rules of a group', () => {
    const { Entries, MaxEntries, AddressFamily } = properties(t, 'CloudflareRanges') as Record<string, any>;
    expect(Entries).to.deep.equal(cloudflareRanges.ipv4.map((Cidr) => ({ Cidr, Description: `Cloudflare, as of ${cloudflareRanges.asOf}` })));
    expect(AddressFamily).to.equal('IPv4');
    expect(MaxEntries).to.be.within(Entries.length + 1, 59);
  });

  it('has ranges that are aligned and do not overlap, none larger than Cloudflare’s largest', () => {
    const sorted = cloudflareRanges.ipv4.map(bounds).sort(([a], [b]) => a - b);
    for (const [index, [first, last]] of sorted.entries()) {
      expect(first % (last - first + 1)).to.equal(0);
      expect(last - first + 1).to.be.at.most(2 ** 19);
      expect(first).to.be.greaterThan(sorted[index - 1]?.[1] ?? -1);
    }
  });
});
