import { Aws, Fn, type Condition, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Permission } from '../../../src/cfn/generated/lambda';
import { RotationSchedule } from '../../../src/cfn/generated/secretsmanager';
import { lambdaFunction, type FunctionNetwork, type FunctionSettings } from '../compute/function';
import { allow, type Statement } from '../security/policy';

/** A secret that changes by itself, whatever it opens. */
export interface RotatedSecret {
  /** Whole ARN of the secret, in the region where it was made: a replica is never rotated. */
  readonly secretArn: IntrinsicFunction;
  /** Key of the secret and of the function's log. */
  readonly keyArn: IntrinsicFunction;
  /** From where the function reaches what the secret opens on its port, and the endpoint of Secrets Manager on 443. */
  readonly network: FunctionNetwork;
  /** Days that the function's log stays. @default as `lambdaFunction` */
  readonly logRetentionInDays?: number;
  /** Days between two rotations, 1 to 1,000. @default 90, the longest life that PCI DSS 8.3.9 gives a password used alone */
  readonly days?: number;
  /** What must stand before the first invocation: Secrets Manager tries the function out as soon as it has the schedule. */
  readonly after: readonly Handle[];
  readonly when?: Condition;
}

/** A rotation by one of our functions. */
export interface SecretRotationSettings extends RotatedSecret, Pick<FunctionSettings, 'source' | 'name' | 'description' | 'timeout'> {
  /** What the new value is made of: the function learns it as `PASSWORD_LENGTH` and `EXCLUDE_CHARACTERS`. */
  readonly made: { readonly length: number; readonly exclude: string };
  /** Environment variables beside these. @default none */
  readonly environment?: Readonly<Record<string, Value<string>>>;
  /** Rights beside those on the secret and its key. @default none */
  readonly statements?: readonly Statement[];
}

/**
 * Rotates a secret by one of our functions. Not AWS's hosted functions: they need a transform, which StackSets do not take.
 *
 * Neither creating nor changing the schedule rotates: a rollout would change the value that CloudFormation reads in the same rollout.
 * Instead Secrets Manager tries the function out, by its test step with the current value.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
 */
export function secretRotation(t: TemplateBuilder<Parameters, unknown>, id: string, settings: SecretRotationSettings): void {
  const { source, name, description, timeout, made, environment, statements = [], secretArn, keyArn, network, logRetentionInDays, days = 90, after, when } = settings;
  const rotate = lambdaFunction(t, id, {
    source,
    name,
    description,
    keyArn,
    logRetentionInDays,
    timeout,
    environment: { ...environment, PASSWORD_LENGTH: String(made.length), EXCLUDE_CHARACTERS: made.exclude },
    network,
    statements: [
      allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], [secretArn]),
      // Makes a password and stores nothing: it knows no resources.
      allow(['secretsmanager:GetRandomPassword'], ['*']),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], {
        StringEquals: { 'kms:ViaService': Fn.Sub('secretsmanager.${AWS::Region}.${AWS::URLSuffix}'), 'kms:EncryptionContext:SecretARN': secretArn },
      }),
      ...statements,
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
