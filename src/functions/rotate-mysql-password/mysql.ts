import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import type { Account } from '../rotate-password/account';
import { serverOf, type Database } from '../rotate-password/database';

/** To connect and sign in, and then for each statement, in milliseconds. Both take well under one second inside a VPC. */
const TIMEOUT = 10_000;

/** Error numbers of the server that say: this password is not that user's. */
const DENIED: readonly unknown[] = [1045, 1698];

/** Error numbers of the server that say: nothing can be written here. */
const READ_ONLY: readonly unknown[] = [1290, 1836];

const kind = { title: 'MySQL', engines: ['mysql'], port: 3306 } as const;

/**
 * MySQL servers, reached over TLS only: the server's certificate must come from one of the authorities and name the host.
 * What is thrown never holds a password, although the driver's own errors hold the statement.
 *
 * @param authorities certificates in PEM
 */
export function mysql(authorities: readonly string[]): Database {
  const ssl = { ca: [...authorities], minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true };

  async function signIn(account: Account): Promise<Connection | undefined> {
    const { host, port, username, password } = account;
    try {
      return await createConnection({ host, port, user: username, password, ssl, connectTimeout: TIMEOUT });
    } catch (error) {
      if (DENIED.includes(detail(error, 'errno'))) return undefined;
      throw connectionError(serverOf(kind, account), error);
    }
  }

  async function asUser(account: Account, act: (connection: Connection) => Promise<void>): Promise<boolean> {
    const connection = await signIn(account);
    if (!connection) return false;
    try {
      await act(connection);
      await connection.end();
      return true;
    } catch (error) {
      connection.destroy();
      throw statementError(account, error);
    }
  }

  return {
    ...kind,
    accepts: (account) =>
      asUser(account, async (connection) => {
        await currentUser(connection);
      }),
    changePassword: (account, password) =>
      asUser(account, async (connection) => {
        const user = await currentUser(connection);
        // The driver escapes with backslashes, which a server may be set not to read.
        await connection.query({ sql: "SET SESSION sql_mode = 'TRADITIONAL'", timeout: TIMEOUT });
        const values = [user.name, user.host, password];
        await connection.query({ sql: 'ALTER USER ?@? IDENTIFIED BY ?', values, timeout: TIMEOUT });
      }),
  };
}

/**
 * The user as the server knows it, in two parts, such as `admin` and `%`. Named in full, because MariaDB accepts a new password
 * for `CURRENT_USER()` and then ignores it.
 */
async function currentUser(connection: Connection): Promise<{ readonly name: string; readonly host: string }> {
  const [rows] = await connection.query<CurrentUser[]>({ sql: 'SELECT CURRENT_USER() AS account', timeout: TIMEOUT });
  const account = rows[0]?.account ?? '';
  const at = account.lastIndexOf('@');
  if (at < 0) throw new Error('MySQL names no current user');
  return { name: account.slice(0, at), host: account.slice(at + 1) };
}

interface CurrentUser extends RowDataPacket {
  readonly account: string;
}

function detail(error: unknown, name: 'code' | 'errno'): unknown {
  return error instanceof Error ? Reflect.get(error, name) : undefined;
}

function connectionError(server: string, error: unknown): Error {
  const reason = error instanceof Error && error.message ? error.message : String(detail(error, 'code'));
  const isTls = String(detail(error, 'code')).startsWith('HANDSHAKE_');
  const advice = isTls
    ? 'Use the host name in the instance’s certificate, and a function whose RDS certificates are up to date.'
    : 'Check the host in the secret, and that the security groups let the function connect.';
  return new Error(`${server}: no connection (${reason}). ${advice}`);
}

function statementError(account: Account, error: unknown): Error {
  const errno = detail(error, 'errno');
  const code = String(detail(error, 'code') ?? 'an answer that MySQL does not give');
  const reason = errno === undefined ? code : `${code} (${String(errno)})`;
  const advice = READ_ONLY.includes(errno)
    ? 'The server is read-only, as a replica is: name the instance that writes in the secret, or promote this one first.'
    : 'Look the error up in MySQL’s reference and rotate again.';
  return new Error(`${serverOf(kind, account)}, as ${account.username}: ${reason}. ${advice}`);
}
