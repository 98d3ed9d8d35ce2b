import { Aws, Fn, type Handle, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Alias, Key } from '../../../src/cfn/generated/kms';
import { forThisAccount, policyDocument, type Statement } from './policy';

/** A customer-managed key. */
export interface KeySettings {
  readonly description: string;
  /** Alias without the `alias/` prefix. */
  readonly alias: Name;
  /** Rights of AWS services and roles beside the account's own; resource is always this key. */
  readonly statements?: readonly Omit<Statement, 'Resource'>[];
  /** Days between scheduling deletion and losing the key. @default 30, the longest, because a lost key is lost data */
  readonly pendingWindowInDays?: number;
  /** Keeps the key when its stack goes. @default true; what it encrypted outlives the stack as snapshots and backups */
  readonly retained?: boolean;
}

/**
 * The right that CloudWatch Logs needs to encrypt log groups of this account in this region.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export const logsMayEncrypt: Omit<Statement, 'Resource'> = {
  Sid: 'LogsMayEncrypt',
  Effect: 'Allow',
  Principal: { Service: Fn.Sub('logs.${AWS::Region}.${AWS::URLSuffix}') },
  Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
  Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Fn.Sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*') } },
};

/**
 * Nobody may grant the key's use on, except to an AWS service that acts on a resource.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
 */
const grantsForServicesOnly: Statement = {
  Sid: 'GrantsForServicesOnly',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: ['kms:CreateGrant'],
  Resource: ['*'],
  Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
};

/**
 * The right of an AWS service to use the key in this account's name, for example of CloudWatch to publish to an encrypted topic.
 * @param service  the service principal, for example `cloudwatch.amazonaws.com`
 */
export function serviceMayUse(Sid: string, service: string): Omit<Statement, 'Resource'> {
  return { Sid, Effect: 'Allow', Principal: { Service: service }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: forThisAccount };
}

/**
 * The rights that Fargate needs to encrypt the ephemeral storage of one cluster's tasks.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-create-storage-key.html
 */
export function fargateMayEncrypt(cluster: Name): readonly Omit<Statement, 'Resource'>[] {
  const forCluster = { StringEquals: { 'kms:EncryptionContext:aws:ecs:clusterAccount': Aws.accountId, 'kms:EncryptionContext:aws:ecs:clusterName': cluster } };
  const principal = { Service: 'fargate.amazonaws.com' };
  return [
    { Sid: 'FargateMayGenerateDataKeys', Effect: 'Allow', Principal: principal, Action: ['kms:GenerateDataKeyWithoutPlaintext'], Condition: forCluster },
    {
      Sid: 'FargateMayGrantDecryption',
      Effect: 'Allow',
      Principal: principal,
      Action: ['kms:CreateGrant'],
      Condition: { ...forCluster, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } },
    },
  ];
}

/**
 * A symmetric customer-managed key with its alias. AWS rotates it every 365 days.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export function key(t: TemplateBuilder<Parameters, unknown>, id: string, settings: KeySettings): Handle<'AWS::KMS::Key', 'Arn' | 'KeyId'> {
  const { description, alias, statements = [], pendingWindowInDays = 30, retained = true } = settings;
  const account: Statement = { Sid: 'AccountAdministers', Effect: 'Allow', Principal: { AWS: Fn.Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: ['kms:*'], Resource: ['*'] };
  const handle = t.add(
    id,
    new Key({
      Description: description,
      EnableKeyRotation: true,
      RotationPeriodInDays: 365,
      PendingWindowInDays: pendingWindowInDays,
      KeyPolicy: policyDocument(account, grantsForServicesOnly, ...statements.map((statement) => ({ ...statement, Resource: ['*'] }))),
    }).keep(retained ? 'RetainExceptOnCreate' : 'Delete'),
  );
  t.add(`${id}Alias`, new Alias({ AliasName: alias.after('alias/'), TargetKeyId: handle.ref() }));
  return handle;
}
