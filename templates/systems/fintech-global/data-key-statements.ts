import { Aws, Fn, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { resourceName } from '../../../src/cfn/names';
import { logsMayEncrypt, serviceMayUse } from '../../modules/security/key';
import type { Statement } from '../../modules/security/policy';

/** What the data key is said to be for, in both regions. */
export const dataKeyDescription = 'All data of FinTech Global: databases, caches, buckets, volumes, logs, topics, images and secrets';

/**
 * Alias of the data key without `alias/`, the same in both regions. FTG-50 gives it without environment or suffix: production has it so,
 * the others end in their name, so that an account can hold one copy of each.
 */
export function dataKeyAlias({ context }: TemplateBuilder<Parameters, unknown>): Name {
  const namePattern = context.environment === 'production' ? '{resource}' : '{resource}-{environment}';
  return resourceName({ ...context, namePattern, shortEnvironment: context.environment }, 'fintech-data-key');
}

const anybodyHere = { Effect: 'Allow', Principal: { AWS: '*' } } as const;
const throughVolumes = { StringEquals: { 'kms:CallerAccount': Aws.accountId, 'kms:ViaService': Fn.Sub('ec2.${AWS::Region}.${AWS::URLSuffix}') } };

/**
 * Lets whoever in this account may attach an encrypted volume do so, as the policy of AWS's own key for volumes does. Auto Scaling's
 * service-linked role, which starts the nodes, has no other way to the key; naming it here would fail in an account that has none yet.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
const volumesMayEncrypt: readonly Omit<Statement, 'Resource'>[] = [
  { Sid: 'VolumesMayEncrypt', ...anybodyHere, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], Condition: throughVolumes },
  { Sid: 'VolumesMayBeAttached', ...anybodyHere, Action: ['kms:CreateGrant'], Condition: { ...throughVolumes, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
];

/**
 * Who may use the data key beside the account's own roles, in both regions: CloudWatch Logs, volumes of nodes, and whatever publishes
 * to encrypted topics and queues: alarms, events, budgets and cost anomalies.
 */
export const dataKeyStatements: readonly Omit<Statement, 'Resource'>[] = [
  logsMayEncrypt,
  ...volumesMayEncrypt,
  serviceMayUse('AlarmsMayPublish', 'cloudwatch.amazonaws.com'),
  serviceMayUse('EventsMayPublish', 'events.amazonaws.com'),
  serviceMayUse('BudgetsMayPublish', 'budgets.amazonaws.com'),
  serviceMayUse('AnomaliesMayPublish', 'costalerts.amazonaws.com'),
];

/** Services whose grants for their resources KMS does not know as such: EKS, for the secrets of its clusters. */
export const dataKeyGrantsThrough = ['eks'] as const;
