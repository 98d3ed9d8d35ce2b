import { compute } from '../../../templates/systems/fintech-global/compute';
import { everywhereOf, type TestedInstance } from '../instances';
import { account, environmentNames, instanceOf, type EnvironmentName } from './built';
import { shorts } from './everywhere';

export { rights, rightsOf } from '../instances';

/** What the compute template gets in every instance here. */
export const parameters = {
  PrivateSubnetIds: 'subnet-private-a,subnet-private-b,subnet-private-c',
  LoadBalancerSecurityGroupId: 'sg-alb',
  DatabaseSecurityGroupId: 'sg-database',
  CacheSecurityGroupId: 'sg-cache',
  EndpointsSecurityGroupId: 'sg-endpoints',
  DataKeyArn: 'key',
  DataLakeBucketName: 'data-lake',
  DatabaseResourceId: 'cluster-ABC',
  ApiTargetGroupArn: 'api-targets',
  ClusterAdministratorRoleArn: 'arn:aws:iam::111122223333:role/administrators',
  DeploymentRoleArn: 'arn:aws:iam::111122223333:role/pipeline',
};

/** One instance of the compute template, as assertions ask it. */
export type ComputeInstance = TestedInstance<EnvironmentName>;

/** Asserts something of every environment's compute template in each of its regions. */
export const everywhere = everywhereOf({
  environments: environmentNames,
  account,
  instance: (environment, region) => instanceOf(compute, environment, region, parameters),
  named: (part, environment) => `fintechglobal-${part}-${shorts[environment]}-main`,
});
