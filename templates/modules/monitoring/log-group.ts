import { Aws, Fn, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { LogGroup } from '../../../src/cfn/generated/logs';
import { arn, policyDocument } from '../security/policy';

/** A log group of CloudWatch Logs. */
export interface LogGroupSettings {
  readonly name: Name;
  /** Days that events stay. */
  readonly retentionInDays: number;
  /** Key that encrypts the events; its policy must let CloudWatch Logs use it. */
  readonly keyArn: IntrinsicFunction;
  /** Data-protection policy that masks sensitive values, such as card numbers, as they arrive. */
  readonly dataProtectionPolicy?: Readonly<Record<string, unknown>>;
  /** Policy that lets AWS services write to it. @default none: most services write with a role or write a policy of their own */
  readonly resourcePolicy?: Readonly<Record<string, unknown>>;
  readonly when?: Condition;
}

/**
 * A log group that exists before anything writes to it, so that nothing creates it without key or retention.
 * It goes with its stack: what must be kept longer is archived elsewhere.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
 */
export function logGroup(t: TemplateBuilder<Parameters, unknown>, id: string, settings: LogGroupSettings): Handle<'AWS::Logs::LogGroup', 'Arn'> {
  const { name, retentionInDays, keyArn, dataProtectionPolicy, resourcePolicy, when } = settings;
  return t.add(
    id,
    new LogGroup({
      LogGroupName: name,
      RetentionInDays: retentionInDays,
      KmsKeyId: keyArn,
      ...(dataProtectionPolicy ? { DataProtectionPolicy: dataProtectionPolicy } : {}),
      ...(resourcePolicy ? { ResourcePolicyDocument: resourcePolicy } : {}),
    }).keep('Delete'),
    { when },
  );
}

/** A log group's ARN without the `:*` that `Fn::GetAtt` puts behind it, as WAF and log delivery want it. */
export function logGroupArn(group: Handle<'AWS::Logs::LogGroup', 'Arn'>): IntrinsicFunction {
  return Fn.Sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${LogGroup}', { LogGroup: group.ref() });
}

/**
 * The group's own policy by which AWS services deliver logs of this account and region into it: an account has room for ten policies
 * over groups, and whoever sets up the delivery need not be allowed to write one.
 * @param name of the group, which begins with `/aws/vendedlogs/`
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export function deliveryMayWrite(name: Name): Readonly<Record<string, unknown>> {
  return policyDocument({
    Sid: 'DeliveryMayWrite',
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [arn('logs', `log-group:${name.text}:log-stream:*`)],
    Condition: { StringEquals: { 'aws:SourceAccount': Aws.accountId }, ArnLike: { 'aws:SourceArn': arn('logs', '*') } },
  });
}
