import { accountIn, databaseSecret, isSameUser, type Account, type DatabaseSecret } from './account';
import { serverOf, type Database } from './database';
import type { PasswordRule } from './password-rule';
import type { Step } from './request';
import { describeSecret, makeCurrent, putPending, randomPassword, valueAt } from './secrets-manager';

/** What a rotation works with. */
export interface Tools {
  readonly database: Database;
  readonly passwordRule: PasswordRule;
}

/** The version that a rotation makes, of which secret. */
export interface Version {
  /** ARN of the secret. */
  readonly secret: string;
  readonly id: string;
}

/**
 * What each step does, and in a few words what it did. A step that was done before changes nothing, because Secrets Manager
 * repeats all four after a failure.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export const steps: Readonly<Record<Step, (version: Version, tools: Tools) => Promise<string>>> = {
  createSecret,
  setSecret,
  testSecret,
  finishSecret,
};

/** Stores a new password, for the same user of the same server, as the pending version. */
async function createSecret({ secret, id }: Version, { database, passwordRule }: Tools): Promise<string> {
  const current = await read(secret, 'AWSCURRENT');
  accountIn(current, nameOf(secret, 'AWSCURRENT'), database);
  if ((await valueAt(secret, 'AWSPENDING', id)) !== undefined) return 'a new password was stored before';
  await putPending(secret, id, JSON.stringify({ ...current, password: await randomPassword(passwordRule) }));
  return 'stored a new password';
}

/**
 * Gives the user the pending password. The server usually has the current one; the pending one after a failure later in this
 * rotation, the previous one when the secret was moved on without it.
 */
async function setSecret({ secret, id }: Version, { database }: Tools): Promise<string> {
  const current = await account(database, secret, 'AWSCURRENT');
  const pending = await account(database, secret, 'AWSPENDING', id);
  if (!isSameUser(current, pending)) {
    throw new Error(
      `Secret ${secret}: its pending version is for another user or server than the current one. ` +
        'Remove AWSPENDING from it (aws secretsmanager update-secret-version-stage) and rotate again.',
    );
  }
  if (await database.accepts(pending)) return 'the database had the new password before';
  if (await database.changePassword(current, pending.password)) return 'the database has the new password';
  const previous = await withPreviousPassword(secret, current);
  if (previous && (await database.changePassword(previous, pending.password))) {
    return 'the database, which still had the previous password, has the new one';
  }
  throw new Error(
    `${serverOf(database, current)}, as ${current.username}: neither the pending, the current nor the previous password is accepted. ` +
      'Give the database the current one (aws rds modify-db-instance or modify-db-cluster, --master-user-password) and rotate again.',
  );
}

/** Signs in with the pending password. */
async function testSecret({ secret, id }: Version, { database }: Tools): Promise<string> {
  const pending = await account(database, secret, 'AWSPENDING', id);
  if (await database.accepts(pending)) return 'the database accepts the new password';
  throw new Error(
    `${serverOf(database, pending)}, as ${pending.username}: the pending password is not accepted. Rotate again.`,
  );
}

/** Makes the pending version the current one. */
async function finishSecret({ secret, id }: Version): Promise<string> {
  const { VersionIdsToStages = {} } = await describeSecret(secret);
  const current = Object.keys(VersionIdsToStages).find((each) => VersionIdsToStages[each]?.includes('AWSCURRENT'));
  await makeCurrent(secret, id, current);
  return `the new password is current; the one before is version ${current}`;
}

type Label = Parameters<typeof valueAt>[1];

const nameOf = (secret: string, label: Label): string => `Secret ${secret}, ${label}`;

async function read(secret: string, label: Label, version?: string): Promise<DatabaseSecret> {
  const value = await valueAt(secret, label, version);
  if (value === undefined) throw new Error(`${nameOf(secret, label)}: no value. Start the rotation again from its first step.`);
  return databaseSecret(value, nameOf(secret, label));
}

async function account(database: Database, secret: string, label: Label, version?: string): Promise<Account> {
  return accountIn(await read(secret, label, version), nameOf(secret, label), database);
}

/**
 * The current account with the password it had before. The version before may be older than the secret's attachment to the
 * database, and so have no host.
 */
async function withPreviousPassword(secret: string, current: Account): Promise<Account | undefined> {
  const value = await valueAt(secret, 'AWSPREVIOUS');
  if (value === undefined) return undefined;
  const { username, password, host = current.host } = databaseSecret(value, nameOf(secret, 'AWSPREVIOUS'));
  const isSame = username === current.username && host === current.host;
  return isSame && typeof password === 'string' ? { ...current, password } : undefined;
}
