import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { certificate, env, freePort, missingPrograms, run } from '../rotate-password/local-server';

/** Why no server can be started here, and how to get one; undefined when one can. */
export function missingServer(): string | undefined {
  const missing = missingPrograms('mariadbd', 'mariadb-install-db', 'openssl');
  return missing && `${missing} not found: install a MySQL-compatible server, on Debian with apt-get install -y mariadb-server openssl.`;
}

/** Password of the user `tester`, who may do anything, over the socket only. */
const testerPassword = 'tester-of-this-server';

/** A MySQL-compatible server in a temporary directory, on 127.0.0.1 and a free port, that takes TLS connections only. */
export class MariaDb {
  private constructor(
    readonly port: number,
    private readonly directory: string,
    private readonly process: ChildProcess,
  ) {}

  /**
   * Starts a server whose certificate names `localhost`.
   *
   * @param options more of the server's own, for example `--skip-ssl`
   */
  static async start(...options: string[]): Promise<MariaDb> {
    const directory = mkdtempSync(join(tmpdir(), 'meridian-mariadb-'));
    const user = `--user=${userInfo().username}`;
    const data = `--datadir=${join(directory, 'data')}`;
    run('mariadb-install-db', ['--no-defaults', data, user, '--skip-test-db']);
    certificate(directory, 'localhost');
    const first = join(directory, 'first.sql');
    const tester = [`CREATE USER tester@localhost IDENTIFIED BY '${testerPassword}';`, 'GRANT ALL ON *.* TO tester@localhost WITH GRANT OPTION;'];
    writeFileSync(first, `${tester.join('\n')}\n`);
    const port = await freePort();
    const place = [data, user, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(directory, 'socket')}`, `--init-file=${first}`];
    const tls = options.includes('--skip-ssl')
      ? []
      : [`--ssl-cert=${join(directory, 'certificate.pem')}`, `--ssl-key=${join(directory, 'key.pem')}`, '--require-secure-transport=ON'];
    const small = ['--innodb-buffer-pool-size=8M', '--innodb-log-file-size=4M', '--skip-log-bin'];
    const server = spawn('mariadbd', ['--no-defaults', ...place, ...tls, ...small, ...options], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    await ready(server);
    return new MariaDb(port, directory, server);
  }

  /** The server's certificate, which is its own authority, in PEM. */
  get certificate(): string {
    return readFileSync(join(this.directory, 'certificate.pem'), 'utf8');
  }

  /** Gives the server a certificate for another host name. */
  async nowCertifiedFor(host: string): Promise<void> {
    certificate(this.directory, host);
    await this.query('FLUSH SSL');
  }

  /** Does something as a user who may do anything. */
  async query(sql: string, ...values: string[]): Promise<void> {
    const connection: Connection = await createConnection({ socketPath: join(this.directory, 'socket'), user: 'tester', password: testerPassword });
    await connection.query(sql, values);
    await connection.end();
  }

  /** Ends the server and removes all that it wrote. */
  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill();
    await ended;
    rmSync(this.directory, { recursive: true });
  }
}

async function ready(server: ChildProcess): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`mariadbd: exit code ${code}. ${text}`)));
    server.stderr?.on('data', (part: Buffer) => {
      text += part.toString();
      if (text.includes('ready for connections')) resolve();
    });
  });
}
