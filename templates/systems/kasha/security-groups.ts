import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { publicLoadBalancerGroups } from '../../modules/network/public-load-balancer-groups';
import { allowEgress, securityGroup, type Ingress, type SecurityGroupHandle } from '../../modules/network/security-group';
import type { KashaSettings } from './environments';

type GroupName = 'PublicLoadBalancer' | 'HealthCheckers' | 'Frontend' | 'BackendLoadBalancer' | 'Backend' | 'Proxy' | 'Rotation' | 'Database' | 'Endpoints';

const mysql = 3306;
const https = 443;

/** Who may connect to whom. From the internet only CloudFront and the Route 53 health checkers may. */
export function securityGroups(
  t: TemplateBuilder<Parameters, KashaSettings>,
  vpc: Handle<'AWS::EC2::VPC', string>,
  keyArn: IntrinsicFunction,
): Readonly<Record<GroupName, SecurityGroupHandle>> {
  const { frontend, backend } = t.settings.services;
  const group = (id: GroupName, name: string, description: string, ingress: readonly Ingress[]) => securityGroup(t, `${id}SecurityGroup`, { vpc, name, description, ingress });

  const { PublicLoadBalancer, HealthCheckers } = publicLoadBalancerGroups(t, { vpc, keyArn });
  const Frontend = group('Frontend', 'frontend', 'Frontend tasks', [{ port: frontend.port, from: PublicLoadBalancer, description: 'Public load balancer' }]);
  const BackendLoadBalancer = group('BackendLoadBalancer', 'backend-alb', 'Backend load balancer', [{ port: backend.port, from: Frontend, description: 'Frontend tasks' }]);
  const Backend = group('Backend', 'backend', 'Backend tasks', [{ port: backend.port, from: BackendLoadBalancer, description: 'Backend load balancer' }]);
  const Proxy = group('Proxy', 'database-proxy', 'RDS Proxy', [{ port: mysql, from: Backend, description: 'Backend tasks' }]);
  const Rotation = group('Rotation', 'password-rotation', 'Password rotation', []);
  const Database = group('Database', 'database', 'MySQL', [
    { port: mysql, from: Backend, description: 'Backend tasks' },
    { port: mysql, from: Proxy, description: 'RDS Proxy' },
    { port: mysql, from: Rotation, description: 'Password rotation' },
  ]);
  const Endpoints = group('Endpoints', 'endpoints', 'Interface endpoints', [
    { port: https, from: Frontend, description: 'Frontend tasks' },
    { port: https, from: Backend, description: 'Backend tasks' },
    { port: https, from: Rotation, description: 'Password rotation' },
  ]);

  allowEgress(t, 'PublicLoadBalancerToFrontend', PublicLoadBalancer, frontend.port, Frontend, 'Frontend tasks');
  allowEgress(t, 'FrontendToBackendLoadBalancer', Frontend, backend.port, BackendLoadBalancer, 'Backend load balancer');
  allowEgress(t, 'FrontendToHttps', Frontend, https, 'anywhere', 'Endpoints, image layers in S3, services outside AWS');
  allowEgress(t, 'BackendLoadBalancerToBackend', BackendLoadBalancer, backend.port, Backend, 'Backend tasks');
  allowEgress(t, 'BackendToHttps', Backend, https, 'anywhere', 'Endpoints, image layers in S3, services outside AWS');
  allowEgress(t, 'BackendToProxy', Backend, mysql, Proxy, 'RDS Proxy');
  allowEgress(t, 'BackendToDatabase', Backend, mysql, Database, 'MySQL');
  allowEgress(t, 'ProxyToDatabase', Proxy, mysql, Database, 'MySQL');
  allowEgress(t, 'RotationToDatabase', Rotation, mysql, Database, 'MySQL');
  allowEgress(t, 'RotationToEndpoints', Rotation, https, Endpoints, 'Interface endpoints');
  return { PublicLoadBalancer, HealthCheckers, Frontend, BackendLoadBalancer, Backend, Proxy, Rotation, Database, Endpoints };
}
