import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
  type DescribeSecretCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import type { PasswordRule } from './password-rule';

/** One call with all its retries, in milliseconds. A call that takes longer has no way to the endpoint. */
const CALL_TIMEOUT = 10_000;

const client = new SecretsManagerClient({});

/** A secret with its versions and their staging labels, without any value. */
export function describeSecret(secret: string): Promise<DescribeSecretCommandOutput> {
  return inTime((abortSignal) => client.send(new DescribeSecretCommand({ SecretId: secret }), { abortSignal }));
}

/** The value of the version that has a staging label, or undefined when none has it or it has no value yet. */
export async function valueAt(
  secret: string,
  label: 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS',
  version?: string,
): Promise<string | undefined> {
  const command = new GetSecretValueCommand({ SecretId: secret, VersionStage: label, VersionId: version });
  try {
    return (await inTime((abortSignal) => client.send(command, { abortSignal }))).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** A new random password. */
export async function randomPassword({ length, exclude }: PasswordRule): Promise<string> {
  const command = new GetRandomPasswordCommand({ PasswordLength: length, ExcludeCharacters: exclude });
  const { RandomPassword } = await inTime((abortSignal) => client.send(command, { abortSignal }));
  if (!RandomPassword) throw new Error('Secrets Manager: its answer holds no random password. Rotate again.');
  return RandomPassword;
}

/** Stores the value of the version that is to become current. */
export async function putPending(secret: string, version: string, value: string): Promise<void> {
  const command = new PutSecretValueCommand({
    SecretId: secret,
    ClientRequestToken: version,
    SecretString: value,
    VersionStages: ['AWSPENDING'],
  });
  await inTime((abortSignal) => client.send(command, { abortSignal }));
}

/** Makes a version the current one; Secrets Manager then labels the one before `AWSPREVIOUS`. */
export async function makeCurrent(secret: string, version: string, before: string | undefined): Promise<void> {
  const command = new UpdateSecretVersionStageCommand({
    SecretId: secret,
    VersionStage: 'AWSCURRENT',
    MoveToVersionId: version,
    RemoveFromVersionId: before,
  });
  await inTime((abortSignal) => client.send(command, { abortSignal }));
}

async function inTime<T>(send: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(CALL_TIMEOUT);
  try {
    return await send(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    const seconds = CALL_TIMEOUT / 1000;
    throw new Error(
      `Secrets Manager: no answer in ${seconds} s. Let the function’s subnets and security group reach its endpoint on port 443.`,
    );
  }
}
