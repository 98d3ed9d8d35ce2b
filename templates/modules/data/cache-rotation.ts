import { Aws, Fn, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Permission } from '../../../src/cfn/generated/lambda';
import { RotationSchedule } from '../../../src/cfn/generated/secretsmanager';
import { lambdaFunction, type FunctionNetwork } from '../compute/function';
import { allow, arn } from '../security/policy';
import { cacheToken } from './cache-token';

/** A cache's token that changes by itself. */
export interface CacheRotationSettings {
  /** Name of the cache, which is its id. */
  readonly cache: Name;
  /** Whole ARN of the secret with the token: one of this region's own, since a replica is never rotated. */
  readonly secretArn: IntrinsicFunction;
  /** Key of the secret and of the function's log. */
  readonly keyArn: IntrinsicFunction;
  /** From where the function reaches the cache on its port, and the endpoints of Secrets Manager and ElastiCache on 443. */
  readonly network: FunctionNetwork;
  /** Days that the function's log stays. @default as `lambdaFunction` */
  readonly logRetentionInDays?: number;
  /** Days between two rotations, 1 to 1,000. @default 90, the longest life that PCI DSS 8.3.9 gives a password used alone */
  readonly days?: number;
  /** The cache: Secrets Manager tries the function out as soon as it has the schedule. */
  readonly after: readonly Handle[];
  readonly when?: Condition;
}

/** Seconds: the most that Lambda gives, because ElastiCache tells one node after the other of a new token. */
const timeout = 900;

/**
 * Rotates the token of a region's cache by our own function. Each region's cache has a token of its own and rotates it by itself:
 * nothing depends on the other region, and who learns the one does not know the other.
 *
 * Neither creating nor changing the schedule rotates: a rollout would change the token that CloudFormation reads in the same rollout.
 * Instead Secrets Manager tries the function out, by its test step with the current token.
 * @see src/functions/rotate-cache-token
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
 */
export function cacheRotation(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CacheRotationSettings): void {
  const { cache, secretArn, keyArn, network, logRetentionInDays, days = 90, after, when } = settings;
  const rotate = lambdaFunction(t, id, {
    source: 'rotate-cache-token',
    description: 'Gives a cache and its secret a new token, step by step as Secrets Manager asks',
    keyArn,
    logRetentionInDays,
    timeout,
    environment: { REPLICATION_GROUP_ID: cache, PASSWORD_LENGTH: String(cacheToken.length), EXCLUDE_CHARACTERS: cacheToken.exclude },
    network,
    statements: [
      allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], [secretArn]),
      // Makes a password and stores nothing: it knows no resources.
      allow(['secretsmanager:GetRandomPassword'], ['*']),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], {
        StringEquals: { 'kms:ViaService': Fn.Sub('secretsmanager.${AWS::Region}.${AWS::URLSuffix}'), 'kms:EncryptionContext:SecretARN': secretArn },
      }),
      allow(['elasticache:DescribeReplicationGroups', 'elasticache:ModifyReplicationGroup'], [arn('elasticache', `replicationgroup:${cache.text}`)]),
    ],
    when,
  });
  const permission = t.add(
    `${id}Permission`,
    new Permission({
      FunctionName: rotate.ref(),
      Action: 'lambda:InvokeFunction',
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: Aws.accountId,
      SourceArn: secretArn,
    }),
    { when },
  );
  t.add(
    `${id}Schedule`,
    new RotationSchedule({ SecretId: secretArn, RotationLambdaARN: rotate.att('Arn'), RotationRules: { AutomaticallyAfterDays: days }, RotateImmediatelyOnUpdate: false }),
    { when, after: [permission, ...after] },
  );
}
