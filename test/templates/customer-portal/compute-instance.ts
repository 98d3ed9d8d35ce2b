import { compute } from '../../../templates/systems/customer-portal/compute';
import { everywhereOf, type TestedInstance } from '../instances';
import { account, environmentNames, instanceOf, type EnvironmentName } from './built';

export { rights, rightsOf } from '../instances';

/** An image in the account’s registry of a region. The parameters name that of us-east-1, to which images are pushed. */
export const imageIn = (region: string, name: string): string => `${account}.dkr.ecr.${region}.amazonaws.com/${name}@sha256:${'a'.repeat(64)}`;

/** What the compute template gets in every instance here. */
export const parameters = {
  ArchiveStreamArn: 'stream',
  ArchiveRoleArn: 'archiver',
  VpcId: 'vpc-1',
  PublicSubnetIds: 'subnet-public-a,subnet-public-b,subnet-public-c',
  ServiceSubnetIds: 'subnet-service-a,subnet-service-b,subnet-service-c',
  LoadBalancerSecurityGroupIds: 'sg-cloudfront,sg-checkers',
  FrontendSecurityGroupId: 'sg-frontend',
  BackendSecurityGroupId: 'sg-backend',
  ApiLoadBalancerSecurityGroupId: 'sg-api-alb',
  CertificateArn: 'certificate',
  AccessLogBucketName: 'logs',
  DefaultKeyArn: 'key',
  AlarmTopicArn: 'topic',
  FrontendImage: imageIn('us-east-1', 'frontend'),
  BackendImage: imageIn('us-east-1', 'backend'),
  DatabaseWriterEndpoint: 'writer.example.com',
  DatabaseReaderEndpoint: 'reader.example.com',
  DatabaseResourceId: 'cluster-ABC',
  DatabaseKeyArn: 'database-key',
};

/** Names of the environments in resource names. */
export const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };

/** The three subnets of the services, one in each zone. */
export const serviceSubnets = ['subnet-service-a', 'subnet-service-b', 'subnet-service-c'];

/** What the requirements and the settings say of the two services. */
export const services = [
  { id: 'Frontend', name: 'frontend', port: 8080, cpu: 256, memory: 512, minimum: 3, maximum: 12 },
  { id: 'Backend', name: 'backend', port: 3000, cpu: 512, memory: 1024, minimum: 3, maximum: 18 },
] as const;

/** Days that logs stay in CloudWatch, by environment. */
export const logDays = (environment: EnvironmentName): number => (environment === 'production' ? 14 : 7);

/** One instance of the compute template, as assertions ask it. */
export type ComputeInstance = TestedInstance<EnvironmentName>;

/** Asserts something of every environment's compute template in each of its regions. */
export const everywhere = everywhereOf({
  environments: environmentNames,
  account,
  instance: (environment, region) => instanceOf(compute, environment, region, parameters),
  named: (part, environment) => `cus-${part}-${shorts[environment]}-main`,
});
