import type { ConnectionOptions } from 'node:tls';
import { Client } from 'pg';
import type { Account } from '../rotate-password/account';
import { serverOf, type Database } from '../rotate-password/database';
import { scramVerifier } from './scram';

/** To connect and sign in, and then for each statement, in milliseconds. Both take well under one second inside a VPC. */
const TIMEOUT = 10_000;

/** Code of the server that says: this password is not that user's. */
const DENIED = '28P01';

/** Code of the server that says: nothing can be written here. */
const READ_ONLY = '25006';

/** Secrets Manager names both RDS and Aurora `postgres` when it attaches a secret; people also write the engine's own name. */
const kind = { title: 'PostgreSQL', engines: ['postgres', 'aurora-postgresql'], port: 5432 } as const;

/**
 * PostgreSQL servers, reached over TLS only: the server's certificate must come from one of the authorities and name the host.
 * A new password goes to the server as its SCRAM verifier, because servers log the statement that sets it. What is thrown holds
 * neither.
 *
 * @param authorities certificates in PEM
 */
export function postgres(authorities: readonly string[]): Database {
  const ssl = { ca: [...authorities], minVersion: 'TLSv1.2', rejectUnauthorized: true } satisfies ConnectionOptions;

  async function signIn(account: Account): Promise<Client | undefined> {
    const { host, port, username: user, password } = account;
    // Every server has the database `postgres`, and whoever may sign in may connect to it.
    const client = new Client({ host, port, user, password, database: 'postgres', ssl, connectionTimeoutMillis: TIMEOUT, query_timeout: TIMEOUT });
    // A connection that breaks while nothing is asked; the next statement fails with the reason.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end();
      if (codeOf(error) === DENIED) return undefined;
      throw connectionError(serverOf(kind, account), error);
    }
  }

  async function asUser(account: Account, sql: string): Promise<boolean> {
    const client = await signIn(account);
    if (!client) return false;
    try {
      await client.query(sql);
      return true;
    } catch (error) {
      throw statementError(account, error);
    } finally {
      await client.end();
    }
  }

  return {
    ...kind,
    accepts: (account) => asUser(account, 'SELECT 1'),
    // The verifier is of letters, digits and `$:+/=` only, so that it needs no escaping.
    changePassword: async (account, password) => asUser(account, `ALTER ROLE SESSION_USER PASSWORD '${scramVerifier(password)}'`),
  };
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Codes with which Node says that the server's certificate is not to be trusted, or that no TLS came about. */
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

function connectionError(server: string, error: unknown): Error {
  const code = codeOf(error);
  const reason = error instanceof Error && error.message ? error.message : String(code);
  const advice = TLS_CODE.test(code ?? '')
    ? 'Use the host name in the instance’s certificate, and a function whose RDS certificates are up to date.'
    : 'Check the host in the secret, that the security groups let the function connect, and that its region is the one that writes.';
  return new Error(`${server}: no connection (${reason}). ${advice}`);
}

function statementError(account: Account, error: unknown): Error {
  const code = codeOf(error);
  const advice =
    code === READ_ONLY
      ? 'The server is read-only, as a replica is: name the endpoint that writes in the secret, or promote this one first.'
      : 'Look the code up in PostgreSQL’s list of error codes and rotate again.';
  return new Error(`${serverOf(kind, account)}, as ${account.username}: ${code ?? 'no answer in time'}. ${advice}`);
}
