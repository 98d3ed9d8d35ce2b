import { expect } from 'chai';
import { pascal } from '../../../templates/systems/lookcard/parameters';
import { serviceGroups, sharedServiceGroups } from '../../../templates/systems/lookcard/service-groups';
import { services } from '../../../templates/systems/lookcard/services';
import { only, plain } from '../plain';
import { everywhereOf, type Row } from './everywhere';

const shared = { VpcId: 'vpc-1', EndpointsSecurityGroupId: 'sg-endpoints', ProxySecurityGroupId: 'sg-proxy', CacheSecurityGroupId: 'sg-cache' };

describe('The security groups of LookCard’s services', () => {
  const everywhere = everywhereOf(serviceGroups(services), () => ({ VpcId: 'vpc-1' }));

  everywhere('LKC-29 LKC-63', 'are one for each service, which admits nobody and lets out only what calls partners', ({ all, short }) => {
    const groups = all('AWS::EC2::SecurityGroup');
    expect(Object.keys(groups)).to.deep.equal(services.map(({ name }) => `${pascal(name)}Group`));
    for (const { name, internet } of services) {
      const { GroupName, VpcId, SecurityGroupIngress, SecurityGroupEgress } = groups[`${pascal(name)}Group`];
      expect(plain([GroupName, VpcId, SecurityGroupIngress]), name).to.deep.equal([`lookcard-${name}-${short}-main`, 'vpc-1', undefined]);
      // A group without a rule out would let out everything: one to nobody takes its place.
      const [way, ...others] = SecurityGroupEgress;
      if (internet) expect(plain([way.CidrIp, way.IpProtocol, way.FromPort, way.ToPort]), name).to.deep.equal(['0.0.0.0/0', 'tcp', 443, 443]);
      else expect(plain(way.CidrIp), name).to.equal('127.0.0.1/32');
      expect(others, name).to.deep.equal([]);
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
    const wayOf = ({ DestinationSecurityGroupId, FromPort, ToPort }: Row) => [plain(DestinationSecurityGroupId) ?? 'prefix list', FromPort, ToPort];
    const ways = Object.fromEntries(['ServicesGroup', 'DatabaseClientsGroup', 'CacheClientsGroup'].map((id) => [id, (all('AWS::EC2::SecurityGroup')[id].SecurityGroupEgress as readonly Row[]).map(wayOf)]));
    expect(ways).to.deep.equal({
      ServicesGroup: [['sg-endpoints', 443, 443], ['prefix list', 443, 443], ['prefix list', 443, 443]],
      DatabaseClientsGroup: [['sg-proxy', 5432, 5432]],
      CacheClientsGroup: [['sg-cache', 6379, 6379]],
    });
  });
});
