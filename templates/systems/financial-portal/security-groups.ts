import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { publicLoadBalancerGroups } from '../../modules/network/public-load-balancer-groups';
import { allowEgress, securityGroup, type Ingress, type SecurityGroupHandle } from '../../modules/network/security-group';
import type { FinancialPortalSettings } from './environments';

type OwnGroup = 'Web' | 'Api' | 'Rotation' | 'Database' | 'Endpoints';
type GroupName = 'PublicLoadBalancer' | 'HealthCheckers' | OwnGroup;

const https = 443;

/** Who may connect to whom. From the internet only CloudFront and the Route 53 health checkers may; into it only the services, on 443. */
export function securityGroups(
  t: TemplateBuilder<Parameters, FinancialPortalSettings>,
  vpc: Handle<'AWS::EC2::VPC', string>,
  keyArn: IntrinsicFunction,
): Readonly<Record<GroupName, SecurityGroupHandle>> {
  const { services, logRetentionDays } = t.settings;
  const { web, api } = services;
  const group = (id: OwnGroup, name: string, description: string, ingress: readonly Ingress[]) => securityGroup(t, `${id}SecurityGroup`, { vpc, name, description, ingress });

  const { PublicLoadBalancer, HealthCheckers } = publicLoadBalancerGroups(t, { vpc, keyArn, logRetentionInDays: logRetentionDays });
  const Web = group('Web', 'web', 'Web tasks', [{ port: web.port, from: PublicLoadBalancer, description: 'Public load balancer' }]);
  const Api = group('Api', 'api', 'API tasks', [{ port: api.port, from: PublicLoadBalancer, description: 'Public load balancer' }]);
  const Rotation = group('Rotation', 'password-rotation', 'Password rotation', []);
  const Database = group('Database', 'database', 'Aurora PostgreSQL', [
    { port: postgresPort, from: Api, description: 'API tasks' },
    { port: postgresPort, from: Rotation, description: 'Password rotation' },
  ]);
  const Endpoints = group('Endpoints', 'endpoints', 'Interface endpoints', [
    { port: https, from: Web, description: 'Web tasks' },
    { port: https, from: Api, description: 'API tasks' },
    { port: https, from: Rotation, description: 'Password rotation' },
  ]);

  allowEgress(t, 'PublicLoadBalancerToWeb', PublicLoadBalancer, web.port, Web, 'Web tasks');
  allowEgress(t, 'PublicLoadBalancerToApi', PublicLoadBalancer, api.port, Api, 'API tasks');
  allowEgress(t, 'WebToHttps', Web, https, 'anywhere', 'Endpoints, image layers in S3, services outside AWS');
  allowEgress(t, 'ApiToHttps', Api, https, 'anywhere', 'Endpoints, image layers in S3, services outside AWS');
  allowEgress(t, 'ApiToDatabase', Api, postgresPort, Database, 'Aurora PostgreSQL');
  allowEgress(t, 'RotationToDatabase', Rotation, postgresPort, Database, 'Aurora PostgreSQL');
  allowEgress(t, 'RotationToEndpoints', Rotation, https, Endpoints, 'Interface endpoints');
  return { PublicLoadBalancer, HealthCheckers, Web, Api, Rotation, Database, Endpoints };
}
