import { expect } from 'chai';
import { pascal } from '../../../templates/systems/lookcard/parameters';
import { serviceGroups, sharedServiceGroups } from '../../../templates/systems/lookcard/service-groups';
import { services } from '../../../templates/systems/lookcard/services';
import { only, plain } from '../plain';
import { everywhereOf } from './everywhere';

const shared = { VpcId: 'vpc-1', EndpointsSecurityGroupId: 'sg-endpoints', ProxySecurityGroupId: 'sg-proxy', CacheSecurityGroupId: 'sg-cache' };

describe('The security groups of LookCard’s services', () => {
  const everywhere = everywhereOf(serviceGroups(services), () => ({ VpcId: 'vpc-1' }));

  everywhere('LKC-29 LKC-63', 'are one for each service, which admits nobody and lets out only what calls partners', ({ all, short }) => {
    const outside = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0', Description: 'Services outside AWS, through NAT' }];
    // A group without a rule out would let out everything: one to nobody takes its place.
    const nothing = [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'Nothing, where AWS would allow everything' }];
    const groups = plain(all('AWS::EC2::SecurityGroup')) as Readonly<Record<string, any>>;
    expect(Object.keys(groups)).to.deep.equal(services.map(({ name }) => `${pascal(name)}Group`));
    for (const { name, internet } of services) {
      const { GroupName, VpcId, SecurityGroupIngress, SecurityGroupEgress } = groups[`${pascal(name)}Group`];
      expect([GroupName, VpcId, SecurityGroupIngress ?? []], name).to.deep.equal([`lookcard-${name}-${short}-main`, 'vpc-1', []]);
      if (internet) expect(SecurityGroupEgress, name).to.deep.equal(outside);
      else expect(SecurityGroupEgress.map(({ CidrIp }: any) => CidrIp), name).to.deep.equal(nothing.map(({ CidrIp }) => CidrIp));
    }
  });
});

describe('The security groups that LookCard’s services share', () => {
  const everywhere = everywhereOf(sharedServiceGroups, () => shared);

  everywhere('LKC-29', 'lead to endpoints, proxy and cache, each of which admits its clients once, and nobody in', ({ all }) => {
    expect(only(all('AWS::EC2::SecurityGroup'), 'VpcId', 'SecurityGroupIngress')).to.deep.equal(Object.fromEntries(['ServicesGroup', 'DatabaseClientsGroup', 'CacheClientsGroup'].map((id) => [id, ['vpc-1', undefined]])));
    expect(only(all('AWS::EC2::SecurityGroupIngress'), 'GroupId', 'SourceSecurityGroupId', 'FromPort', 'ToPort')).to.deep.equal({
      EndpointsFromServices: ['sg-endpoints', 'ServicesGroup.GroupId', 443, 443],
      ProxyFromClients: ['sg-proxy', 'DatabaseClientsGroup.GroupId', 5432, 5432],
      CacheFromClients: ['sg-cache', 'CacheClientsGroup.GroupId', 6379, 6379],
    });
    const ways = Object.fromEntries(Object.entries(plain(all('AWS::EC2::SecurityGroup')) as Readonly<Record<string, any>>).map(([id, { SecurityGroupEgress }]) => [id, SecurityGroupEgress.map((way: any) => [way.DestinationSecurityGroupId ?? (way.DestinationPrefixListId && 'prefix list'), way.FromPort, way.ToPort])]));
    expect(ways).to.deep.equal({
      ServicesGroup: [['sg-endpoints', 443, 443], ['prefix list', 443, 443], ['prefix list', 443, 443]],
      DatabaseClientsGroup: [['sg-proxy', 5432, 5432]],
      CacheClientsGroup: [['sg-cache', 6379, 6379]],
    });
  });
});
