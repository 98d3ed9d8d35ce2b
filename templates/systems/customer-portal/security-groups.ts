import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { publicLoadBalancerGroups } from '../../modules/network/public-load-balancer-groups';
import { allowEgress, securityGroup, type Ingress, type SecurityGroupHandle } from '../../modules/network/security-group';
import type { CustomerPortalSettings } from './settings';

type OwnGroup = 'Frontend' | 'Backend' | 'ApiLoadBalancer' | 'VpcLink' | 'Rotation' | 'Database' | 'Endpoints';
type GroupName = 'PublicLoadBalancer' | 'HealthCheckers' | OwnGroup;

/** The port of PostgreSQL. */
export const postgresPort = 5432;
const https = 443;

/**
 * Who may connect to whom. From the internet only CloudFront and the Route 53 health checkers may; API Gateway comes in by its VPC
 * link, to a load balancer of its own; out go only the services, on 443.
 */
export function securityGroups(
  t: TemplateBuilder<Parameters, CustomerPortalSettings>,
  vpc: Handle<'AWS::EC2::VPC', string>,
  keyArn: IntrinsicFunction,
): Readonly<Record<GroupName, SecurityGroupHandle>> {
  const { services, logRetentionDays } = t.settings;
  const { frontend, backend } = services;
  const group = (id: OwnGroup, name: string, description: string, ingress: readonly Ingress[]) => securityGroup(t, `${id}SecurityGroup`, { vpc, name, description, ingress });

  const { PublicLoadBalancer, HealthCheckers } = publicLoadBalancerGroups(t, { vpc, keyArn, logRetentionInDays: logRetentionDays });
  const VpcLink = group('VpcLink', 'vpc-link', 'VPC link of API Gateway', []);
  const ApiLoadBalancer = group('ApiLoadBalancer', 'api-alb', 'Load balancer of API Gateway', [{ port: https, from: VpcLink, description: 'VPC link of API Gateway' }]);
  const Frontend = group('Frontend', 'frontend', 'Frontend tasks', [{ port: frontend.port, from: PublicLoadBalancer, description: 'Public load balancer' }]);
  const Backend = group('Backend', 'backend', 'Backend tasks', [
    { port: backend.port, from: PublicLoadBalancer, description: 'Public load balancer' },
    { port: backend.port, from: ApiLoadBalancer, description: 'Load balancer of API Gateway' },
  ]);
  const Rotation = group('Rotation', 'password-rotation', 'Password rotation', []);
  const Database = group('Database', 'database', 'Aurora PostgreSQL', [
    { port: postgresPort, from: Backend, description: 'Backend tasks' },
    { port: postgresPort, from: Rotation, description: 'Password rotation' },
  ]);
  const Endpoints = group('Endpoints', 'endpoints', 'Interface endpoints', [
    { port: https, from: Frontend, description: 'Frontend tasks' },
    { port: https, from: Backend, description: 'Backend tasks' },
    { port: https, from: Rotation, description: 'Password rotation' },
  ]);

  allowEgress(t, 'PublicLoadBalancerToFrontend', PublicLoadBalancer, frontend.port, Frontend, 'Frontend tasks');
  allowEgress(t, 'PublicLoadBalancerToBackend', PublicLoadBalancer, backend.port, Backend, 'Backend tasks');
  allowEgress(t, 'VpcLinkToApiLoadBalancer', VpcLink, https, ApiLoadBalancer, 'Load balancer of API Gateway');
  allowEgress(t, 'ApiLoadBalancerToBackend', ApiLoadBalancer, backend.port, Backend, 'Backend tasks');
  allowEgress(t, 'FrontendToHttps', Frontend, https, 'anywhere', 'Endpoints, image layers in S3, services outside AWS');
  allowEgress(t, 'BackendToHttps', Backend, https, 'anywhere', 'Endpoints, image layers in S3, DynamoDB, services outside AWS');
  allowEgress(t, 'BackendToDatabase', Backend, postgresPort, Database, 'Aurora PostgreSQL');
  allowEgress(t, 'RotationToDatabase', Rotation, postgresPort, Database, 'Aurora PostgreSQL');
  allowEgress(t, 'RotationToEndpoints', Rotation, https, Endpoints, 'Interface endpoints');
  return { PublicLoadBalancer, HealthCheckers, VpcLink, ApiLoadBalancer, Frontend, Backend, Rotation, Database, Endpoints };
}
