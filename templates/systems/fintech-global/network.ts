import { listToken } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { flowLog } from '../../modules/network/flow-log';
import type { NatOfVpc } from '../../modules/network/nat';
import { ephemeralPorts, networkAcl, type AclAllowance, type PortRange } from '../../modules/network/network-acl';
import { tierRange, vpc, type Tier } from '../../modules/network/vpc';
import { vpcEndpoints } from '../../modules/network/vpc-endpoints';
import { defineTemplate } from './environments';
import { cachePort, securityGroups } from './security-groups';
import type { FintechGlobalSettings } from './settings';

type TierName = 'Public' | 'Private' | 'Data';

const tiers: readonly [Tier<TierName>, ...Tier<TierName>[]] = [
  { name: 'Public', prefix: 24, internet: 'gateway' },
  { name: 'Private', prefix: 20, internet: 'nat' },
  { name: 'Data', prefix: 24, internet: 'none' },
];

/**
 * What nodes, pods and their system services call: images, secrets, Session Manager's three, roles of service accounts (`sts`) and of
 * pods (`eks-auth`), logs and metrics, and what the controllers of the cluster manage. The last is called by the rotation of the cache's token.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 */
export const endpointServices = [
  'ecr.api',
  'ecr.dkr',
  'secretsmanager',
  'ssm',
  'ssmmessages',
  'ec2messages',
  'sts',
  'logs',
  'ec2',
  'eks',
  'eks-auth',
  'elasticloadbalancing',
  'autoscaling',
  'monitoring',
  'elasticache',
] as const;

const natOf: Readonly<Record<FintechGlobalSettings['egressMode'], NatOfVpc>> = {
  zone: { mode: 'gateway', count: 'zone' },
  single: { mode: 'gateway', count: 'single' },
  none: { mode: 'none' },
};

/** The VPC of one region: tiers of subnets, network ACLs, flow logs, security groups and endpoints. */
export const network = defineTemplate(
  'network',
  { description: 'FinTech Global VPC: subnets, NAT, network ACLs, security groups, endpoints and flow logs', parameters: { DataKeyArn: { Type: 'String' } } },
  (t) => {
    const { vpcCidrs, availabilityZones, egressMode, interfaceEndpoints, services, logRetentionDays } = t.settings;
    const net = vpc(t, { cidrs: vpcCidrs, zones: availabilityZones, tiers, nat: natOf[egressMode] });
    const { vpc: VPC, subnets } = net;

    const everywhere = '0.0.0.0/0';
    const https: PortRange = [443, 443];
    const names: PortRange = [53, 53];
    const api: PortRange = [services.api.port, services.api.port];
    const stores: readonly PortRange[] = [
      [postgresPort, postgresPort],
      [cachePort, cachePort],
    ];
    const tier = (name: TierName, ...ports: readonly PortRange[]): AclAllowance => ({ cidr: tierRange(t, name, { cidrs: vpcCidrs, tiers }), ports });
    const any = (...ports: readonly PortRange[]): AclAllowance => ({ cidr: everywhere, ports });
    // Between pods and the cluster's name servers, which are pods too.
    const nameService: AclAllowance = { ...tier('Private', names, ...ephemeralPorts), protocol: 'udp' };
    const forwarded = egressMode === 'none' ? [] : [any(https)];
    networkAcl(t, 'Public', {
      vpc: VPC,
      subnets: subnets.Public,
      // From the internet to the load balancer, and from the pods to NAT.
      inbound: [any(https, ...ephemeralPorts)],
      outbound: [tier('Private', api), ...forwarded, any(...ephemeralPorts)],
    });
    networkAcl(t, 'Private', {
      vpc: VPC,
      subnets: subnets.Private,
      // Among themselves pods, nodes, the cluster's API and the endpoints: all ports of theirs are ephemeral ones, or these two.
      inbound: [tier('Public', api), tier('Private', names, https), nameService, any(...ephemeralPorts)],
      outbound: [any(https), tier('Private', names, ...ephemeralPorts), nameService, tier('Data', ...stores), tier('Public', ...ephemeralPorts)],
    });
    networkAcl(t, 'Data', { vpc: VPC, subnets: subnets.Data, inbound: [tier('Private', ...stores)], outbound: [tier('Private', ...ephemeralPorts)] });
    flowLog(t, { vpc: VPC, keyArn: t.param('DataKeyArn'), retentionInDays: logRetentionDays });

    const groups = securityGroups(t, VPC);
    vpcEndpoints(t, {
      vpc: VPC,
      routeTables: net.routeTables,
      subnets: interfaceEndpoints === 'single' ? subnets.Private.slice(0, 1) : subnets.Private,
      group: groups.Endpoints,
      services: endpointServices,
      hasInstances: true,
      resources: 'own',
    });

    const ids = (name: TierName) => listToken('List<AWS::EC2::Subnet::Id>', subnets[name].map((subnet) => subnet.ref()));
    return {
      VpcId: VPC.ref(),
      PublicSubnetIds: ids('Public'),
      PrivateSubnetIds: ids('Private'),
      DataSubnetIds: ids('Data'),
      LoadBalancerSecurityGroupId: groups.LoadBalancer.att('GroupId'),
      DatabaseSecurityGroupId: groups.Database.att('GroupId'),
      CacheSecurityGroupId: groups.Cache.att('GroupId'),
      RotationSecurityGroupId: groups.Rotation.att('GroupId'),
      EndpointsSecurityGroupId: groups.Endpoints.att('GroupId'),
    };
  },
);
