import { listToken } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { flowLog } from '../../modules/network/flow-log';
import { ephemeralPorts, networkAcl, type AclAllowance, type PortRange } from '../../modules/network/network-acl';
import { placeSubnets } from '../../modules/network/placed-subnets';
import { vpc } from '../../modules/network/vpc';
import { vpcEndpoints } from '../../modules/network/vpc-endpoints';
import { defineTemplate } from './environments';
import { cachePort, securityGroups } from './security-groups';
import { subnetPlan, type TierName } from './subnet-plan';

/**
 * What tasks, rotation and the bastion call besides S3 and DynamoDB: images, logs, secrets, keys, Session Manager's three (which ECS Exec
 * needs as well), tokens, traces, metrics and queues. The last is called by the rotation of the cache's token.
 */
export const endpointServices = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'kms', 'ssm', 'ssmmessages', 'ec2messages', 'sts', 'xray', 'monitoring', 'sqs', 'elasticache'] as const;

/** The VPC of one region: the owner's twelve subnets, NAT with fixed addresses, network ACLs, flow logs, security groups and endpoints. */
export const network = defineTemplate(
  'network',
  { description: 'LookCard VPC: subnets, NAT, network ACLs, security groups, endpoints and flow logs', parameters: { DataKeyArn: { Type: 'String' } } },
  (t) => {
    const { vpcCidrs, natGateways, interfaceEndpoints, logRetentionDays } = t.settings;
    const net = vpc(t, { cidrs: vpcCidrs, zones: 3, tiers: subnetPlan, cut: (range, zones) => placeSubnets(range, subnetPlan, zones), nat: { mode: 'gateway', count: natGateways } });
    const { vpc: VPC, subnets, ranges } = net;

    const https: PortRange = [443, 443];
    const postgres: PortRange = [postgresPort, postgresPort];
    const cache: PortRange = [cachePort, cachePort];
    const each = (tier: TierName, ...ports: readonly PortRange[]): AclAllowance[] => ranges[tier].map((cidr) => ({ cidr, ports }));
    const any = (...ports: readonly PortRange[]): AclAllowance => ({ cidr: '0.0.0.0/0', ports });
    // Services listen on high ports, so that the rules for answers carry requests to them too, and a new service changes no ACL.
    networkAcl(t, 'Public', {
      vpc: VPC,
      subnets: subnets.Public,
      // From the internet to the load balancer, and from the services to NAT.
      inbound: [any(https, ...ephemeralPorts)],
      outbound: [any(https, ...ephemeralPorts)],
    });
    networkAcl(t, 'Private', {
      vpc: VPC,
      subnets: subnets.Private,
      inbound: [...each('Private', https), any(...ephemeralPorts)],
      outbound: [any(https), ...each('Private', ...ephemeralPorts), ...each('Public', ...ephemeralPorts), ...each('Database', postgres), ...each('Isolated', cache)],
    });
    networkAcl(t, 'Isolated', { vpc: VPC, subnets: subnets.Isolated, inbound: each('Private', cache), outbound: each('Private', ...ephemeralPorts) });
    networkAcl(t, 'Database', {
      vpc: VPC,
      subnets: subnets.Database,
      // The proxy stands beside the database and connects to it from zone to zone.
      inbound: [...each('Private', postgres), ...each('Database', postgres, ...ephemeralPorts)],
      outbound: [...each('Private', ...ephemeralPorts), ...each('Database', postgres, ...ephemeralPorts)],
    });
    flowLog(t, { vpc: VPC, keyArn: t.param('DataKeyArn'), retentionInDays: logRetentionDays });

    const groups = securityGroups(t, VPC, t.param('DataKeyArn'));
    vpcEndpoints(t, {
      vpc: VPC,
      routeTables: net.routeTables,
      subnets: interfaceEndpoints === 'single' ? subnets.Private.slice(0, 1) : subnets.Private,
      group: groups.Endpoints,
      services: endpointServices,
      resources: 'own',
      hasServiceAccounts: false,
    });

    const ids = (tier: TierName) => listToken('List<AWS::EC2::Subnet::Id>', subnets[tier].map((subnet) => subnet.ref()));
    return {
      VpcId: VPC.ref(),
      PublicSubnetIds: ids('Public'),
      PrivateSubnetIds: ids('Private'),
      IsolatedSubnetIds: ids('Isolated'),
      DatabaseSubnetIds: ids('Database'),
      LoadBalancerSecurityGroupIds: listToken('List<AWS::EC2::SecurityGroup::Id>', groups.publicLoadBalancer.map((group) => group.att('GroupId'))),
      LoadBalancerSecurityGroupId: groups.publicLoadBalancer[0].att('GroupId'),
      NetworkLoadBalancerSecurityGroupId: groups.NetworkLoadBalancer.att('GroupId'),
      DatabaseSecurityGroupId: groups.Database.att('GroupId'),
      ProxySecurityGroupId: groups.Proxy.att('GroupId'),
      CacheSecurityGroupId: groups.Cache.att('GroupId'),
      EndpointsSecurityGroupId: groups.Endpoints.att('GroupId'),
      RotationSecurityGroupId: groups.Rotation.att('GroupId'),
      BastionSecurityGroupId: groups.Bastion.att('GroupId'),
      // The addresses that the card issuer and others outside admit.
      NatAddresses: listToken('CommaDelimitedList', net.natAddresses.map((address) => address.att('PublicIp'))),
    };
  },
);
