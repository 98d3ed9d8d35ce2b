import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { allowEgress, securityGroup, type Ingress, type SecurityGroupHandle } from '../../modules/network/security-group';
import type { FintechGlobalSettings } from './settings';

type GroupName = 'LoadBalancer' | 'Rotation' | 'Database' | 'Cache' | 'Endpoints';

const https = 443;

/** The port on which Valkey listens. */
export const cachePort = 6379;

/**
 * Who may connect to whom. From the internet everybody may reach the load balancer, on 443 and nothing else: no CloudFront stands in
 * front of it. Pods and nodes have the group that EKS makes for its cluster, which stands with the platform: what they reach, and the
 * load balancer's way to them, is added there.
 */
export function securityGroups(t: TemplateBuilder<Parameters, FintechGlobalSettings>, vpc: Handle<'AWS::EC2::VPC', string>): Readonly<Record<GroupName, SecurityGroupHandle>> {
  const group = (id: GroupName, name: string, description: string, ingress: readonly Ingress[]) => securityGroup(t, `${id}SecurityGroup`, { vpc, name, description, ingress });

  const LoadBalancer = group('LoadBalancer', 'alb', 'Public load balancer, from the internet', [{ port: https, from: { cidr: '0.0.0.0/0' }, description: 'Clients and Route 53 health checkers' }]);
  const Rotation = group('Rotation', 'rotation', 'Rotation of the database password and the cache token', []);
  const Database = group('Database', 'database', 'Aurora PostgreSQL', [{ port: postgresPort, from: Rotation, description: 'Rotation' }]);
  const Cache = group('Cache', 'cache', 'ElastiCache', [{ port: cachePort, from: Rotation, description: 'Rotation' }]);
  const Endpoints = group('Endpoints', 'endpoints', 'Interface endpoints', [{ port: https, from: Rotation, description: 'Rotation' }]);

  allowEgress(t, 'RotationToDatabase', Rotation, postgresPort, Database, 'Aurora PostgreSQL');
  allowEgress(t, 'RotationToCache', Rotation, cachePort, Cache, 'ElastiCache');
  allowEgress(t, 'RotationToEndpoints', Rotation, https, Endpoints, 'Interface endpoints');
  return { LoadBalancer, Rotation, Database, Cache, Endpoints };
}
