import { Aws, Fn, type Handle, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { arn } from '../security/policy';
import { serviceRole } from '../security/role';

/**
 * The role with which RDS writes the operating system's metrics of this region's instances to CloudWatch Logs.
 * @param name  account-wide name
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
 */
export function enhancedMonitoringRole(t: TemplateBuilder<Parameters, unknown>, id: string, name: Name): Handle<'AWS::IAM::Role', 'Arn' | 'RoleId'> {
  return serviceRole(t, id, {
    name,
    description: 'RDS writes enhanced monitoring',
    service: 'monitoring.rds.amazonaws.com',
    trustCondition: { StringEquals: { 'aws:SourceAccount': Aws.accountId }, ArnLike: { 'aws:SourceArn': arn('rds', 'db:*') } },
    managedPolicyArns: [Fn.Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole')],
  });
}
