import type { Database } from './database';

/** A user of a database server. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
}

/** The JSON of a database secret: an account's fields, `engine`, and whatever else its users keep in it. */
export type DatabaseSecret = Readonly<Record<string, unknown>>;

/**
 * A secret's value as the JSON it holds.
 *
 * @param what the value's name in error messages, which never show the value itself
 * @throws when it is no JSON object
 */
export function databaseSecret(value: string, what: string): DatabaseSecret {
  const json = parsed(value);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as DatabaseSecret;
  throw new Error(`${what}: not a JSON object. Store {"engine": …, "username": …, "password": …, "host": …}.`);
}

/**
 * The account in a database secret, as an attachment to the database completes it.
 *
 * @param what as {@link databaseSecret} takes it
 * @param database the kind of server that it must be of
 * @throws when a field is missing, or the server is of another kind
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function accountIn(secret: DatabaseSecret, what: string, database: Pick<Database, 'engines' | 'port'>): Account {
  const text = (field: string): string => {
    const value = secret[field];
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`${what}: no ${field}. Attach the secret to its database: AWS::SecretsManager::SecretTargetAttachment.`);
  };
  const engine = text('engine');
  if (!database.engines.includes(engine)) throw new Error(`${what}: engine "${engine}". Rotate it with a function for that engine.`);
  const port = Number(secret['port'] ?? database.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`${what}: its port is no number from 1 to 65535. Correct it, or leave it out for ${database.port}.`);
  }
  return { username: text('username'), password: text('password'), host: text('host'), port };
}

/** Whether two accounts are one user of one server, whatever their passwords. */
export function isSameUser(one: Account, other: Account): boolean {
  return one.username === other.username && one.host === other.host && one.port === other.port;
}

/** The message of a JSON error quotes the text, which is the secret: so it goes no further than this. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
