import { listToken } from '../../../src/cfn';
import { flowLog } from '../../modules/network/flow-log';
import { ephemeralPorts, networkAcl, type AclAllowance, type PortRange } from '../../modules/network/network-acl';
import { vpc, type Tier } from '../../modules/network/vpc';
import { vpcEndpoints } from '../../modules/network/vpc-endpoints';
import { defineTemplate } from './environments';
import { securityGroups } from './security-groups';

type TierName = 'Public' | 'Frontend' | 'Backend' | 'Database';

const tiers: readonly [Tier<TierName>, ...Tier<TierName>[]] = [
  { name: 'Public', prefix: 24, internet: 'gateway' },
  { name: 'Frontend', prefix: 20, internet: 'nat' },
  { name: 'Backend', prefix: 20, internet: 'nat' },
  { name: 'Database', prefix: 24, internet: 'none' },
];

/** The VPC of one region: tiers of subnets, network ACLs, flow logs, security groups and endpoints. */
export const network = defineTemplate(
  'network',
  { description: 'Kasha VPC: subnets, NAT, network ACLs, security groups, endpoints and flow logs', parameters: { DefaultKeyArn: { Type: 'String' } } },
  (t) => {
    const { vpcCidrs, availabilityZones, natGateways, interfaceEndpoints, services } = t.settings;
    const net = vpc(t, { cidrs: vpcCidrs, zones: availabilityZones, tiers, nat: { mode: 'gateway', count: natGateways } });
    const { vpc: VPC, cidr, subnets, ranges } = net;

    const everywhere = '0.0.0.0/0';
    const mysql: PortRange = [3306, 3306];
    const each = (peers: readonly AclAllowance['cidr'][], ports: readonly PortRange[]): AclAllowance[] => peers.map((peer) => ({ cidr: peer, ports }));
    const answers: AclAllowance = { cidr: everywhere, ports: ephemeralPorts };
    const https: AclAllowance = { cidr: everywhere, ports: [[443, 443]] };
    const insideVpc: AclAllowance = { cidr, ports: [[80, 80], [443, 443], [services.backend.port, services.backend.port]] };
    networkAcl(t, 'Public', { vpc: VPC, subnets: subnets.Public, inbound: [https, answers], outbound: [insideVpc, https, answers] });
    networkAcl(t, 'Frontend', { vpc: VPC, subnets: subnets.Frontend, inbound: [insideVpc, answers], outbound: [insideVpc, https, answers] });
    networkAcl(t, 'Backend', { vpc: VPC, subnets: subnets.Backend, inbound: [insideVpc, answers], outbound: [insideVpc, https, ...each(ranges.Database, [mysql]), answers] });
    networkAcl(t, 'Database', {
      vpc: VPC,
      subnets: subnets.Database,
      inbound: [...each(ranges.Backend, [mysql]), ...each(ranges.Database, [mysql, ...ephemeralPorts])],
      outbound: [...each(ranges.Backend, ephemeralPorts), ...each(ranges.Database, [mysql, ...ephemeralPorts])],
    });
    flowLog(t, { vpc: VPC, keyArn: t.param('DefaultKeyArn') });

    const groups = securityGroups(t, VPC, t.param('DefaultKeyArn'));
    vpcEndpoints(t, {
      vpc: VPC,
      routeTables: net.routeTables,
      subnets: interfaceEndpoints === 'single' ? subnets.Backend.slice(0, 1) : subnets.Backend,
      group: groups.Endpoints,
      services: ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'sqs'],
    });

    const ids = (tier: TierName) => listToken('List<AWS::EC2::Subnet::Id>', subnets[tier].map((subnet) => subnet.ref()));
    return {
      VpcId: VPC.ref(),
      PublicSubnetIds: ids('Public'),
      FrontendSubnetIds: ids('Frontend'),
      BackendSubnetIds: ids('Backend'),
      DatabaseSubnetIds: ids('Database'),
      PublicLoadBalancerSecurityGroupIds: listToken('List<AWS::EC2::SecurityGroup::Id>', [groups.PublicLoadBalancer.att('GroupId'), groups.HealthCheckers.att('GroupId')]),
      FrontendSecurityGroupId: groups.Frontend.att('GroupId'),
      BackendLoadBalancerSecurityGroupId: groups.BackendLoadBalancer.att('GroupId'),
      BackendSecurityGroupId: groups.Backend.att('GroupId'),
      ProxySecurityGroupId: groups.Proxy.att('GroupId'),
      RotationSecurityGroupId: groups.Rotation.att('GroupId'),
      DatabaseSecurityGroupId: groups.Database.att('GroupId'),
      NatAddresses: listToken('CommaDelimitedList', net.natAddresses.map((address) => address.ref())),
    };
  },
);
