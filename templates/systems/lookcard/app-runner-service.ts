import { Aws, type Handle } from '../../../src/cfn';
import { Service, VpcConnector } from '../../../src/cfn/generated/apprunner';
import { allow, arn } from '../../modules/security/policy';
import { serviceRole } from '../../modules/security/role';
import type { Catalogue } from './catalogue';
import { environmentOf } from './service-environment';
import { serviceName } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import { serviceRights } from './service-rights';
import type { ServiceRow } from './service-row';
import { alsoGroups } from './service-ways';

export type AppRunnerHandle = Handle<'AWS::AppRunner::Service', 'Status' | 'ServiceUrl' | 'ServiceArn' | 'ServiceId'>;

/**
 * A service on App Runner instead of its cluster: under an address of its own, which CloudFront has as origin instead of the load balancer,
 * with App Runner's scaling, and connected to the VPC for what it calls. Only who used App Runner before 30 April 2026 can; others keep the
 * service on ECS, as AWS advises.
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/apprunner-availability-change.html
 * @see https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html
 */
export function appRunnerService(t: ServiceBuilder, row: ServiceRow, catalogue: Catalogue): AppRunnerHandle {
  const { name, cpu, memory, port, healthPath = '/' } = row;
  const pulling = serviceRole(t, 'ExecutionRole', {
    name: t.resourceName(`${name}-exec`, 'account'),
    description: `Starts ${name}: its image`,
    service: 'build.apprunner.amazonaws.com',
    trustCondition: { StringEquals: { 'aws:SourceAccount': Aws.accountId } },
    statements: [
      allow(['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer'], [arn('ecr', `repository/${serviceName(t, row).text}`)]),
      // The one ECR action that takes no resource.
      allow(['ecr:GetAuthorizationToken'], ['*']),
    ],
  });
  const running = serviceRole(t, 'TaskRole', {
    name: t.resourceName(`${name}-task`, 'account'),
    description: `What the ${name} code may do`,
    service: 'tasks.apprunner.amazonaws.com',
    statements: serviceRights(t, row, catalogue),
  });
  const connector = t.add(
    'Connector',
    new VpcConnector({ Subnets: t.param('PrivateSubnetIds').list(), SecurityGroups: [t.param('ServiceGroupId'), ...alsoGroups(t, row)] }),
  );
  const variables = Object.entries(environmentOf(t, row, catalogue)).map(([Name, Value]) => ({ Name, Value }));
  return t.add(
    'Service',
    new Service({
      ServiceName: serviceName(t, row),
      SourceConfiguration: {
        AuthenticationConfiguration: { AccessRoleArn: pulling.att('Arn') },
        AutoDeploymentsEnabled: false,
        ImageRepository: { ImageIdentifier: t.param('Image'), ImageRepositoryType: 'ECR', ImageConfiguration: { Port: String(port), RuntimeEnvironmentVariables: variables } },
      },
      InstanceConfiguration: { Cpu: String(cpu), Memory: String(memory), InstanceRoleArn: running.att('Arn') },
      HealthCheckConfiguration: { Protocol: 'HTTP', Path: healthPath, Interval: 10, Timeout: 5, HealthyThreshold: 1, UnhealthyThreshold: 3 },
      EncryptionConfiguration: { KmsKey: t.param('DataKeyArn') },
      ObservabilityConfiguration: { ObservabilityEnabled: true },
      NetworkConfiguration: { EgressConfiguration: { EgressType: 'VPC', VpcConnectorArn: connector.att('VpcConnectorArn') }, IngressConfiguration: { IsPubliclyAccessible: true } },
    }),
  );
}
