import { listToken } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { flowLog } from '../../modules/network/flow-log';
import { ephemeralPorts, networkAcl, type AclAllowance, type PortRange } from '../../modules/network/network-acl';
import { vpc, type Tier } from '../../modules/network/vpc';
import { vpcEndpoints } from '../../modules/network/vpc-endpoints';
import { defineTemplate } from './environments';
import { securityGroups } from './security-groups';

type TierName = 'Public' | 'Service' | 'Database';

const tiers: readonly [Tier<TierName>, ...Tier<TierName>[]] = [
  { name: 'Public', prefix: 24, internet: 'gateway' },
  { name: 'Service', prefix: 20, internet: 'nat' },
  { name: 'Database', prefix: 24, internet: 'none' },
];

/** The VPC of one region: tiers of subnets, network ACLs, flow logs, security groups and endpoints. */
export const network = defineTemplate(
  'network',
  { description: 'Financial portal VPC: subnets, NAT, network ACLs, security groups, endpoints and flow logs', parameters: { DefaultKeyArn: { Type: 'String' } } },
  (t) => {
    const { vpcCidrs, availabilityZones, natGateways, interfaceEndpoints, services, logRetentionDays } = t.settings;
    const net = vpc(t, { cidrs: vpcCidrs, zones: availabilityZones, tiers, nat: { mode: 'gateway', count: natGateways } });
    const { vpc: VPC, subnets, ranges } = net;

    const everywhere = '0.0.0.0/0';
    const https: PortRange = [443, 443];
    const postgres: PortRange = [postgresPort, postgresPort];
    const requests: readonly PortRange[] = [services.web, services.api].map(({ port }): PortRange => [port, port]);
    const each = (tier: TierName, ports: readonly PortRange[]): AclAllowance[] => ranges[tier].map((cidr) => ({ cidr, ports }));
    const any = (...ports: readonly PortRange[]): AclAllowance => ({ cidr: everywhere, ports });
    networkAcl(t, 'Public', {
      vpc: VPC,
      subnets: subnets.Public,
      // From the internet to the load balancer, and from the services to NAT.
      inbound: [any(https, ...ephemeralPorts)],
      outbound: [...each('Service', requests), any(https, ...ephemeralPorts)],
    });
    networkAcl(t, 'Service', {
      vpc: VPC,
      subnets: subnets.Service,
      inbound: [...each('Public', requests), ...each('Service', [https]), any(...ephemeralPorts)],
      outbound: [any(https), ...each('Database', [postgres]), ...each('Public', ephemeralPorts), ...each('Service', ephemeralPorts)],
    });
    networkAcl(t, 'Database', { vpc: VPC, subnets: subnets.Database, inbound: each('Service', [postgres]), outbound: each('Service', ephemeralPorts) });
    flowLog(t, { vpc: VPC, keyArn: t.param('DefaultKeyArn'), retentionInDays: logRetentionDays });

    const groups = securityGroups(t, VPC, t.param('DefaultKeyArn'));
    vpcEndpoints(t, {
      vpc: VPC,
      routeTables: net.routeTables,
      subnets: interfaceEndpoints === 'single' ? subnets.Service.slice(0, 1) : subnets.Service,
      group: groups.Endpoints,
      // CloudWatch, because the services measure themselves what their scaling follows.
      services: ['ecr.api', 'ecr.dkr', 'logs', 'monitoring', 'secretsmanager'],
    });

    const ids = (tier: TierName) => listToken('List<AWS::EC2::Subnet::Id>', subnets[tier].map((subnet) => subnet.ref()));
    return {
      VpcId: VPC.ref(),
      PublicSubnetIds: ids('Public'),
      ServiceSubnetIds: ids('Service'),
      DatabaseSubnetIds: ids('Database'),
      LoadBalancerSecurityGroupIds: listToken('List<AWS::EC2::SecurityGroup::Id>', [groups.PublicLoadBalancer.att('GroupId'), groups.HealthCheckers.att('GroupId')]),
      WebSecurityGroupId: groups.Web.att('GroupId'),
      ApiSecurityGroupId: groups.Api.att('GroupId'),
      RotationSecurityGroupId: groups.Rotation.att('GroupId'),
      DatabaseSecurityGroupId: groups.Database.att('GroupId'),
    };
  },
);
