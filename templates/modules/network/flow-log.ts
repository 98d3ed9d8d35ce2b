import { Fn, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { FlowLog } from '../../../src/cfn/generated/ec2';
import { logGroup } from '../monitoring/log-group';
import { allow } from '../security/policy';
import { serviceRole } from '../security/role';

/** Flow logs of a VPC. */
export interface FlowLogSettings {
  readonly vpc: Handle<'AWS::EC2::VPC', string>;
  readonly keyArn: IntrinsicFunction;
  /** Days. @default 365, the year of audit history that PCI DSS 10.5.1 asks for */
  readonly retentionInDays?: number;
}

/**
 * All traffic of a VPC, accepted and rejected, logged once a minute to CloudWatch Logs.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export function flowLog(t: TemplateBuilder<Parameters, unknown>, settings: FlowLogSettings): void {
  const { vpc, keyArn, retentionInDays = 365 } = settings;
  const name = t.resourceName('vpc-flow-logs');
  const group = logGroup(t, 'FlowLogGroup', { name, retentionInDays, keyArn });
  const role = serviceRole(t, 'FlowLogRole', {
    name: t.resourceName('vpc-flow-logs', 'account'),
    description: 'Lets VPC flow logs write to their log group',
    service: 'vpc-flow-logs.amazonaws.com',
    // The log group's ARN ends in `:*`, which covers its streams.
    statements: [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], [group.att('Arn')]),
      allow(['logs:DescribeLogGroups'], [Fn.Sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*')]),
    ],
  });
  t.add(
    'FlowLog',
    new FlowLog({
      ResourceId: vpc.ref(),
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: group.ref(),
      DeliverLogsPermissionArn: role.att('Arn'),
      MaxAggregationInterval: 60,
    }),
  );
}
