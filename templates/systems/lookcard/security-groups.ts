import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { cloudflareLoadBalancerGroup } from '../../modules/network/cloudflare-load-balancer-group';
import { publicLoadBalancerGroups } from '../../modules/network/public-load-balancer-groups';
import { allowEgress, securityGroup, type Ingress, type SecurityGroupHandle } from '../../modules/network/security-group';
import type { LookcardSettings } from './settings';

type OwnGroup = 'NetworkLoadBalancer' | 'Bastion' | 'Rotation' | 'Proxy' | 'Database' | 'Cache' | 'Endpoints';

/** The security groups of what no service owns. */
export type SecurityGroups = Readonly<Record<OwnGroup, SecurityGroupHandle>> & {
  /** Of the public load balancer: the first is the one whose members connect to services, the others only let somebody in. */
  readonly publicLoadBalancer: readonly [SecurityGroupHandle, ...SecurityGroupHandle[]];
};

const https = 443;

/** The port on which Valkey listens. */
export const cachePort = 6379;

/**
 * Who may connect to whom, without the services, which open what their rows ask for: the load balancers' ways to them, and theirs to the
 * proxy, the cache, the endpoints and each other.
 *
 * From the internet only CloudFront and the Route 53 health checkers may connect, or Cloudflare; API Gateway comes through PrivateLink
 * to the Network Load Balancer, whose rules PrivateLink is not asked for: so no rule lets anybody else in. Nobody connects to the bastion
 * either: its agent calls Session Manager, and its users' connections come out of that.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export function securityGroups(t: TemplateBuilder<Parameters, LookcardSettings>, vpc: Handle<'AWS::EC2::VPC', string>, keyArn: IntrinsicFunction): SecurityGroups {
  const group = (id: OwnGroup, name: string, description: string, ingress: readonly Ingress[]) => securityGroup(t, `${id}SecurityGroup`, { vpc, name, description, ingress });

  const publicLoadBalancer = publicGroups(t, vpc, keyArn);
  const NetworkLoadBalancer = group('NetworkLoadBalancer', 'nlb', 'Network Load Balancer, from API Gateway by PrivateLink', []);
  const Bastion = group('Bastion', 'bastion', 'Bastion, by Session Manager', []);
  const Rotation = group('Rotation', 'rotation', 'Rotation of the database password and the cache token', []);
  const Proxy = group('Proxy', 'proxy', 'RDS Proxy', [{ port: postgresPort, from: Bastion, description: 'Bastion' }]);
  const Database = group('Database', 'database', 'Aurora PostgreSQL', [
    { port: postgresPort, from: Proxy, description: 'RDS Proxy' },
    { port: postgresPort, from: Rotation, description: 'Rotation' },
  ]);
  const Cache = group('Cache', 'cache', 'ElastiCache', [{ port: cachePort, from: Rotation, description: 'Rotation' }]);
  const Endpoints = group('Endpoints', 'endpoints', 'Interface endpoints', [
    { port: https, from: Rotation, description: 'Rotation' },
    { port: https, from: Bastion, description: 'Bastion' },
  ]);

  allowEgress(t, 'ProxyToDatabase', Proxy, postgresPort, Database, 'Aurora PostgreSQL');
  allowEgress(t, 'RotationToDatabase', Rotation, postgresPort, Database, 'Aurora PostgreSQL');
  allowEgress(t, 'RotationToCache', Rotation, cachePort, Cache, 'ElastiCache');
  allowEgress(t, 'RotationToEndpoints', Rotation, https, Endpoints, 'Interface endpoints');
  allowEgress(t, 'BastionToProxy', Bastion, postgresPort, Proxy, 'RDS Proxy');
  allowEgress(t, 'BastionToEndpoints', Bastion, https, Endpoints, 'Session Manager and its log');
  return { publicLoadBalancer, NetworkLoadBalancer, Bastion, Rotation, Proxy, Database, Cache, Endpoints };
}

function publicGroups(t: TemplateBuilder<Parameters, LookcardSettings>, vpc: Handle<'AWS::EC2::VPC', string>, keyArn: IntrinsicFunction): SecurityGroups['publicLoadBalancer'] {
  const { dnsProvider, logRetentionDays } = t.settings;
  if (dnsProvider === 'cloudflare') return [cloudflareLoadBalancerGroup(t, vpc)];
  const { PublicLoadBalancer, HealthCheckers } = publicLoadBalancerGroups(t, { vpc, keyArn, logRetentionInDays: logRetentionDays });
  return [PublicLoadBalancer, HealthCheckers];
}
