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
  /**
   * Services, by the first part of their endpoints, through which principals may grant the key's use on although KMS does not know the
   * grant as one for an AWS resource. EKS is one: it takes no key whose policy asks for that. @default none
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
   */
  readonly grantsThrough?: readonly string[];
  /** Days between scheduling deletion and losing the key. @default 30, the longest, because a lost key is lost data */
  readonly pendingWindowInDays?: number;
  /** Keeps the key when its stack goes. @default true; what it encrypted outlives the stack as snapshots and backups */
  readonly retained?: boolean;
  /** Lets other regions have replicas of the key; see `replicaKey`. It can't be changed later. @default false */
  readonly multiRegion?: boolean;
  /**
   * Who alone may use the key, and how: then the account administers it and can't use it, whatever IAM policies say.
   * @default whoever the account's IAM policies let
   */
  readonly use?: KeyUse;
  /**
   * What an asymmetric key signs with. It can't be changed later, and AWS rotates no such key: a new one takes its place.
   * @default none: the key is symmetric
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
   */
  readonly signs?: 'ECC_SECG_P256K1' | 'ECC_NIST_P256';
}

/** The roles of this account that may use a key. They need not stand yet. */
export interface KeyUse {
  readonly roles: readonly Name[];
  readonly actions: readonly string[];
}

/** What the code that signs may do with an asymmetric key. */
export const mayBeSignedWith = ['kms:Sign', 'kms:Verify', 'kms:GetPublicKey', 'kms:DescribeKey'] as const;

/** What the code that encrypts may do with a symmetric key. */
export const mayEncryptAndDecrypt = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'] as const;

/**
 * All that CloudFormation and people need to manage a key, and nothing that uses it or lets somebody use it: no grants.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
 */
export const keyAdministration = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:DisableKeyRotation',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:ReplicateKey',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
  'kms:UpdatePrimaryRegion',
] as const;

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
function grantsForServicesOnly(through: readonly string[]): Statement {
  return {
    Sid: 'GrantsForServicesOnly',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['kms:CreateGrant'],
    Resource: ['*'],
    Condition: {
      BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' },
      ...(through.length ? { StringNotEqualsIfExists: { 'kms:ViaService': through.map((service) => Fn.Sub(`${service}.\${AWS::Region}.\${AWS::URLSuffix}`)) } } : {}),
    },
  };
}

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

const thisAccount = { AWS: Fn.Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') };

/**
 * The right of some roles to use a key, besides what their own policies say. It names the account and asks for the role: KMS takes no
 * policy whose principals do not stand yet.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
function rolesMayUse({ roles, actions }: KeyUse): readonly Statement[] {
  if (roles.length === 0) return [];
  const arns = roles.map((role) => role.after('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/'));
  return [{ Sid: 'RolesMayUse', Effect: 'Allow', Principal: thisAccount, Action: actions, Resource: ['*'], Condition: { ArnEquals: { 'aws:PrincipalArn': arns } } }];
}

/**
 * The policy of a key: its account administers it by IAM policies, and services and roles have what the statements say. With `use` the
 * account only administers.
 */
export function keyPolicy({ statements = [], grantsThrough = [], use }: Pick<KeySettings, 'statements' | 'grantsThrough' | 'use'>): Readonly<Record<string, unknown>> {
  const account: Statement = { Sid: 'AccountAdministers', Effect: 'Allow', Principal: thisAccount, Action: use ? keyAdministration : ['kms:*'], Resource: ['*'] };
  return policyDocument(account, grantsForServicesOnly(grantsThrough), ...(use ? rolesMayUse(use) : []), ...statements.map((statement) => ({ ...statement, Resource: ['*'] })));
}

/**
 * A customer-managed key with its alias. AWS rotates a symmetric one every 365 days.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export function key(t: TemplateBuilder<Parameters, unknown>, id: string, settings: KeySettings): Handle<'AWS::KMS::Key', 'Arn' | 'KeyId'> {
  const { description, alias, pendingWindowInDays = 30, retained = true, multiRegion = false, signs } = settings;
  const handle = t.add(
    id,
    new Key({
      Description: description,
      ...(signs ? { KeySpec: signs, KeyUsage: 'SIGN_VERIFY' as const } : { EnableKeyRotation: true, RotationPeriodInDays: 365 }),
      PendingWindowInDays: pendingWindowInDays,
      ...(multiRegion ? { MultiRegion: true } : {}),
      KeyPolicy: keyPolicy(settings),
    }).keep(retained ? 'RetainExceptOnCreate' : 'Delete'),
  );
  t.add(`${id}Alias`, new Alias({ AliasName: alias.after('alias/'), TargetKeyId: handle.ref() }));
  return handle;
}
