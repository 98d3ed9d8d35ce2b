import { compute } from '../../../templates/systems/kasha/compute';
import type { ResolvedInstance } from '../../../src/resolve';
import { unread } from '../../requirements/recording';
import { pathOf, recorded } from '../../requirements/view';
import type { EnvironmentName } from './built';
import { account, resolvedTemplate, resourceOf } from './resolved-template';

/** An image in the account’s registry of a region. The parameters name that of us-east-1, to which images are pushed. */
export const imageIn = (region: string, name: string): string => `${account}.dkr.ecr.${region}.amazonaws.com/${name}@sha256:${'a'.repeat(64)}`;
const secretArn = `arn:aws:secretsmanager:us-east-1:${account}:secret:kasha/rds/mysql/admin-password-prod-main-AbCdEf`;
/** The queues that the backend works with. */
export const queueArns = ['queue', 'priority-queue'].map((name) => `arn:aws:sqs:us-east-1:${account}:kasha-${name}-prod-main`);

/** What the compute template gets in every instance here. */
export const parameters = {
  VpcId: 'vpc-1',
  PublicSubnetIds: 'subnet-public-a,subnet-public-b',
  FrontendSubnetIds: 'subnet-frontend-a,subnet-frontend-b',
  BackendSubnetIds: 'subnet-backend-a,subnet-backend-b',
  PublicLoadBalancerSecurityGroupIds: 'sg-cloudfront,sg-checkers',
  FrontendSecurityGroupId: 'sg-frontend',
  BackendLoadBalancerSecurityGroupId: 'sg-backend-alb',
  BackendSecurityGroupId: 'sg-backend',
  CertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/1`,
  AccessLogBucketName: 'logs',
  DefaultKeyArn: `arn:aws:kms:us-east-1:${account}:key/1`,
  DomainName: 'kasha.example.com',
  FrontendImage: imageIn('us-east-1', 'frontend'),
  BackendImage: imageIn('us-east-1', 'backend'),
  DatabaseEndpoint: 'db.example.com',
  DatabaseResourceId: 'db-ABC',
  DatabaseSecretArn: secretArn,
  QueueArns: queueArns.join(','),
  QueueUrl: 'https://sqs/queue',
  NotificationQueueUrl: 'https://sqs/notification-queue',
};

/** The compute template in one environment and region. */
export function computeIn(environment: EnvironmentName = 'production', region = 'us-east-1'): ResolvedInstance {
  return resolvedTemplate(compute, environment, region, parameters);
}

/** What the requirements say of the two services. */
export const services = [
  { id: 'Frontend', name: 'frontend', port: 80, cpu: 256, memory: 512, securityGroup: 'sg-frontend', subnets: ['subnet-frontend-a', 'subnet-frontend-b'] },
  { id: 'Backend', name: 'backend', port: 8080, cpu: 512, memory: 1024, securityGroup: 'sg-backend', subnets: ['subnet-backend-a', 'subnet-backend-b'] },
] as const;

/** The one container of a service's task definition. */
export function containerOf(id: string, stack: ResolvedInstance = computeIn()): Readonly<Record<string, unknown>> {
  const containers = resourceOf(stack, `${id}Task`).properties['ContainerDefinitions'] as readonly Readonly<Record<string, unknown>>[];
  const [container, ...others] = containers;
  if (!container || others.length) throw new Error(`${id} has ${containers.length} containers, not one`);
  return container;
}

/** The environment variables of a service by name. */
export function variablesOf(id: string, stack?: ResolvedInstance): Readonly<Record<string, unknown>> {
  const list = containerOf(id, stack)['Environment'] as readonly { readonly Name: string; readonly Value: unknown }[];
  const byName = unread(() => Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])));
  return recorded(`${pathOf(list)} by Name`, byName);
}

/** One statement of a role's policy. */
export interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
  readonly Condition?: unknown;
}

/** What a role's own policies say. */
export function statementsOf(id: string, stack: ResolvedInstance = computeIn()): readonly Statement[] {
  const policies = (resourceOf(stack, id).properties['Policies'] ?? []) as unknown as readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
