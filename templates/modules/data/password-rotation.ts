import { Aws, Fn, type Condition, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Permission } from '../../../src/cfn/generated/lambda';
import { RotationSchedule } from '../../../src/cfn/generated/secretsmanager';
import { lambdaFunction, type FunctionNetwork } from '../compute/function';
import { allow } from '../security/policy';
import { mysqlPassword } from './mysql-password';
import { postgresPassword } from './postgres-password';

/** Our functions that rotate, and what the passwords are made of, by engine. */
const engines = {
  mysql: { title: 'MySQL', source: 'rotate-mysql-password', password: mysqlPassword },
  postgres: { title: 'PostgreSQL', source: 'rotate-postgres-password', password: postgresPassword },
} as const;

/** A database password that changes by itself. */
export interface PasswordRotationSettings {
  readonly engine: keyof typeof engines;
  /** The secret's whole ARN, in its primary region: a replica is never rotated. Its password was made as `mysqlPassword` or `postgresPassword` says. */
  readonly secretArn: IntrinsicFunction;
  /** Key of the secret and of the function's log. */
  readonly keyArn: IntrinsicFunction;
  /** From where the function reaches the database on its port, and the endpoint of Secrets Manager on 443. */
  readonly network: FunctionNetwork;
  /** Days that the function's log stays. @default as `lambdaFunction` */
  readonly logRetentionInDays?: number;
  /** Days between two rotations, 1 to 1,000. @default 90, the longest life that PCI DSS 8.3.9 gives a password used alone */
  readonly days?: number;
  /** What must stand before the first invocation: the attachment that tells the secret its host. */
  readonly after: readonly Handle[];
  readonly when?: Condition;
}

/**
 * Rotates the password of a database user by our own function, in which the user signs in and changes its own password. Not AWS's
 * hosted function: it needs a transform, which StackSets do not take.
 *
 * Neither creating nor changing the schedule rotates: a rollout would change the password that CloudFormation reads in the same
 * rollout. Instead Secrets Manager tries the function out, by its test step with the current password.
 *
 * It reaches the host in the secret, from its own region. While another region of a global database writes, that host does not:
 * rotations fail and change nothing, and the password stays good everywhere. They go on after the failback. For a region that is
 * to stay the writer, the runbook makes the secret's replica there a secret of its own, attaches and rotates it there.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
 */
export function passwordRotation(t: TemplateBuilder<Parameters, unknown>, id: string, settings: PasswordRotationSettings): void {
  const { engine, secretArn, keyArn, network, logRetentionInDays, days = 90, after, when } = settings;
  const { title, source, password } = engines[engine];
  const rotate = lambdaFunction(t, id, {
    source,
    name: 'rotate-password',
    description: `Gives the user of a ${title} secret a new password, step by step as Secrets Manager asks`,
    keyArn,
    logRetentionInDays,
    environment: { PASSWORD_LENGTH: String(password.length), EXCLUDE_CHARACTERS: password.exclude },
    network,
    statements: [
      allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], [secretArn]),
      // Makes a password and stores nothing: it knows no resources.
      allow(['secretsmanager:GetRandomPassword'], ['*']),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], {
        StringEquals: { 'kms:ViaService': Fn.Sub('secretsmanager.${AWS::Region}.${AWS::URLSuffix}'), 'kms:EncryptionContext:SecretARN': secretArn },
      }),
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
