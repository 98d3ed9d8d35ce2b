import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { certificate, env, freePort, missingPrograms, run } from '../rotate-password/local-server';

/** Why no server can be started here, and how to get one; undefined when one can. */
export function missingServer(): string | undefined {
  const missing = missingPrograms('postgres', 'initdb', 'openssl');
  return missing && `${missing} not found: install PostgreSQL, on Debian with apt-get install -y postgresql openssl.`;
}

/** PostgreSQL does not run as root: then it runs as the user that its package made. */
function runner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (what: string): number => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A PostgreSQL server in a temporary directory, on 127.0.0.1 and a free port, that logs like the cluster's parameter group. */
export class PostgresServer {
  private constructor(
    readonly port: number,
    private readonly directory: string,
    private readonly process: ChildProcess,
    private readonly lines: readonly string[],
  ) {}

  /**
   * Starts a server that takes passwords over TLS only, with a certificate that names `localhost`.
   * @param tls false for one that speaks no TLS
   */
  static async start({ tls = true } = {}): Promise<PostgresServer> {
    const directory = mkdtempSync(join(tmpdir(), 'meridian-postgres-'));
    const as = runner();
    const data = join(directory, 'data');
    owned(directory, as);
    run('initdb', ['-D', data, '-U', 'tester', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'], as);
    certificate(directory, 'localhost');
    const key = join(directory, 'key.pem');
    chmodSync(key, 0o600);
    owned(key, as);
    writeFileSync(join(data, 'pg_hba.conf'), `local all tester trust\n${tls ? 'hostssl' : 'host'} all all 127.0.0.1/32 scram-sha-256\n`);
    const port = await freePort();
    const settings = {
      port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: directory, fsync: 'off', shared_buffers: '8MB', max_connections: '20',
      ssl: tls ? 'on' : 'off', ssl_cert_file: join(directory, 'certificate.pem'), ssl_key_file: key,
      log_statement: 'ddl', log_min_duration_statement: '0', log_connections: 'on', password_encryption: 'scram-sha-256',
    };
    const lines: string[] = [];
    const server = spawn('postgres', ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], { ...as, env, stdio: ['ignore', 'ignore', 'pipe'] });
    await ready(server, lines);
    return new PostgresServer(port, directory, server, lines);
  }

  /** The server's certificate, which is its own authority, in PEM. */
  get certificate(): string {
    return readFileSync(join(this.directory, 'certificate.pem'), 'utf8');
  }

  /** Everything that the server has logged. */
  get log(): string {
    return this.lines.join('');
  }

  /** Gives the server a certificate for another host name. */
  async nowCertifiedFor(host: string): Promise<void> {
    certificate(this.directory, host);
    await this.query('SELECT pg_reload_conf()');
  }

  /** Does something as a user who may do anything, each statement by itself. */
  async query(...statements: readonly string[]): Promise<void> {
    const client = new Client({ host: this.directory, port: this.port, user: 'tester', database: 'postgres' });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  /** Ends the server and removes all that it wrote. */
  async stop(): Promise<void> {
    const ended = once(this.process, 'exit');
    // Its word for ending at once, whoever is connected.
    this.process.kill('SIGINT');
    await ended;
    rmSync(this.directory, { recursive: true });
  }
}

function owned(path: string, { uid, gid }: ReturnType<typeof runner>): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

async function ready(server: ChildProcess, lines: string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`postgres: exit code ${code}. ${lines.join('')}`)));
    server.stderr?.on('data', (part: Buffer) => {
      lines.push(part.toString());
      if (lines.join('').includes('ready to accept connections')) resolve();
    });
  });
}
