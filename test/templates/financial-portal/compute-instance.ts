import { compute } from '../../../templates/systems/financial-portal/compute';
import { everywhereOf, type TestedInstance } from '../instances';
import { account, environmentNames, instanceOf, type EnvironmentName } from './built';

export { rights, rightsOf } from '../instances';

/** An image in the account’s registry of a region. The parameters name that of us-east-1, to which images are pushed. */
export const imageIn = (region: string, name: string): string => `${account}.dkr.ecr.${region}.amazonaws.com/${name}@sha256:${'a'.repeat(64)}`;

/** What the compute template gets in every instance here. */
export const parameters = {
  VpcId: 'vpc-1',
  PublicSubnetIds: 'subnet-public-a,subnet-public-b,subnet-public-c',
  ServiceSubnetIds: 'subnet-service-a,subnet-service-b,subnet-service-c',
  LoadBalancerSecurityGroupIds: 'sg-cloudfront,sg-checkers',
  WebSecurityGroupId: 'sg-web',
  ApiSecurityGroupId: 'sg-api',
  CertificateArn: 'certificate',
  AccessLogBucketName: 'logs',
  DefaultKeyArn: 'key',
  AlarmTopicArn: 'topic',
  WebImage: imageIn('us-east-1', 'web'),
  ApiImage: imageIn('us-east-1', 'api'),
  DatabaseWriterEndpoint: 'writer.example.com',
  DatabaseReaderEndpoint: 'reader.example.com',
  DatabaseResourceId: 'cluster-ABC',
};

/** Names of the environments in resource names. */
export const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };

/** What the requirements and the settings say of the two services. */
export const services = [
  { id: 'Web', name: 'web', port: 8080, cpu: 512, memory: 1024, trading: 6, maximum: 24, requests: 1200, sessions: 400 },
  { id: 'Api', name: 'api', port: 8081, cpu: 1024, memory: 2048, trading: 9, maximum: 36, requests: 900, sessions: 250 },
] as const;

/** One instance of the compute template, as assertions ask it. */
export type ComputeInstance = TestedInstance<EnvironmentName>;

/** Asserts something of every environment's compute template in each of its regions. */
export const everywhere = everywhereOf({
  environments: environmentNames,
  account,
  instance: (environment, region) => instanceOf(compute, environment, region, parameters),
  named: (part, environment) => `fin-${part}-${shorts[environment]}-main`,
});
