import { listToken } from '../../../src/cfn';
import { flowLog } from '../../modules/network/flow-log';
import { ephemeralPorts, networkAcl, type AclAllowance, type PortRange } from '../../modules/network/network-acl';
import { vpc, type Tier } from '../../modules/network/vpc';
import { vpcEndpoints } from '../../modules/network/vpc-endpoints';
import { defineTemplate } from './environments';
import { archiveLogs, archiveParameters } from './log-archive';
import { postgresPort, securityGroups } from './security-groups';

type TierName = 'Public' | 'Service' | 'Database';

const tiers: readonly [Tier<TierName>, ...Tier<TierName>[]] = [
  { name: 'Public', prefix: 24, internet: 'gateway' },
  { name: 'Service', prefix: 20, internet: 'nat' },
  { name: 'Database', prefix: 24, internet: 'none' },
];

/** The VPC of one region: tiers of subnets, NAT, network ACLs, flow logs, security groups and endpoints. */
export const network = defineTemplate(
  'network',
  {
    description: 'Customer portal VPC: subnets, NAT instances, network ACLs, security groups, endpoints and flow logs',
    parameters: { DefaultKeyArn: { Type: 'String' }, AlarmTopicArn: { Type: 'String' }, ...archiveParameters },
  },
  (t) => {
    const { vpcCidrs, availabilityZones, nat, interfaceEndpoints, services, logRetentionDays } = t.settings;
    const net = vpc(t, { cidrs: vpcCidrs, zones: availabilityZones, tiers, nat: nat.mode === 'instance' ? { ...nat, topic: t.param('AlarmTopicArn') } : nat });
    const { vpc: VPC, subnets, ranges } = net;

    const everywhere = '0.0.0.0/0';
    const https: PortRange = [443, 443];
    const postgres: PortRange = [postgresPort, postgresPort];
    const backend: PortRange = [services.backend.port, services.backend.port];
    const requests: readonly PortRange[] = [[services.frontend.port, services.frontend.port], backend];
    const each = (tier: TierName, ports: readonly PortRange[]): AclAllowance[] => ranges[tier].map((cidr) => ({ cidr, ports }));
    const any = (...ports: readonly PortRange[]): AclAllowance => ({ cidr: everywhere, ports });
    networkAcl(t, 'Public', {
      vpc: VPC,
      subnets: subnets.Public,
      // From the internet to the load balancer, from the services through NAT, and from NAT instances for themselves.
      inbound: [any(https, ...ephemeralPorts)],
      outbound: [...each('Service', requests), any(https, ...ephemeralPorts)],
    });
    networkAcl(t, 'Service', {
      vpc: VPC,
      subnets: subnets.Service,
      // Among themselves to the endpoints, and from API Gateway's VPC link by its load balancer to the backend.
      inbound: [...each('Public', requests), ...each('Service', [https, backend]), any(...ephemeralPorts)],
      outbound: [any(https), ...each('Service', [backend, ...ephemeralPorts]), ...each('Database', [postgres]), ...each('Public', ephemeralPorts)],
    });
    networkAcl(t, 'Database', { vpc: VPC, subnets: subnets.Database, inbound: each('Service', [postgres]), outbound: each('Service', ephemeralPorts) });
    flowLog(t, { vpc: VPC, keyArn: t.param('DefaultKeyArn'), retentionInDays: logRetentionDays });

    const groups = securityGroups(t, VPC, t.param('DefaultKeyArn'));
    vpcEndpoints(t, {
      vpc: VPC,
      routeTables: net.routeTables,
      subnets: interfaceEndpoints === 'single' ? subnets.Service.slice(0, 1) : subnets.Service,
      group: groups.Endpoints,
      services: ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'],
      hasInstances: nat.mode === 'instance',
    });
    archiveLogs(t);

    const ids = (tier: TierName) => listToken('List<AWS::EC2::Subnet::Id>', subnets[tier].map((subnet) => subnet.ref()));
    return {
      VpcId: VPC.ref(),
      PublicSubnetIds: ids('Public'),
      ServiceSubnetIds: ids('Service'),
      DatabaseSubnetIds: ids('Database'),
      LoadBalancerSecurityGroupIds: listToken('List<AWS::EC2::SecurityGroup::Id>', [groups.PublicLoadBalancer.att('GroupId'), groups.HealthCheckers.att('GroupId')]),
      FrontendSecurityGroupId: groups.Frontend.att('GroupId'),
      BackendSecurityGroupId: groups.Backend.att('GroupId'),
      ApiLoadBalancerSecurityGroupId: groups.ApiLoadBalancer.att('GroupId'),
      VpcLinkSecurityGroupId: groups.VpcLink.att('GroupId'),
      RotationSecurityGroupId: groups.Rotation.att('GroupId'),
      DatabaseSecurityGroupId: groups.Database.att('GroupId'),
    };
  },
);
