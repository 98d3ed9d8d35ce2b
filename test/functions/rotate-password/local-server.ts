import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';

/** The environment of database servers. Debian puts them where only root's PATH looks, and PostgreSQL's into a folder of its version. */
export const env = { ...process.env, PATH: [process.env['PATH'], '/usr/sbin', '/usr/local/sbin', ...[18, 17, 16, 15, 14].map((major) => `/usr/lib/postgresql/${major}/bin`)].join(delimiter) };

/** Names of the programs that can't be started here; undefined when all can. */
export function missingPrograms(...programs: readonly string[]): string | undefined {
  const missing = programs.filter((program) => spawnSync(program, ['--version'], { env }).error);
  return missing.length > 0 ? missing.join(', ') : undefined;
}

/** Skips a suite, in its `before`, where something is missing, and tells what. */
export function skipWithout(context: Mocha.Context, missing: string | undefined): void {
  if (!missing) return;
  console.log(`    ${missing}`);
  context.skip();
}

/** Runs a program to its end, which must be a good one. */
export function run(program: string, args: readonly string[], options: Pick<SpawnSyncOptions, 'uid' | 'gid'> = {}): void {
  const { status, stdout, stderr } = spawnSync(program, args, { ...options, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: exit code ${status}. ${stdout}${stderr}`);
}

/** A self-signed certificate, `certificate.pem` and `key.pem`: 30 days, elliptic curve because that is made at once. */
export function certificate(directory: string, host: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', join(directory, 'key.pem')];
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  run('openssl', ['req', '-x509', '-days', '30', ...key, ...names, '-out', join(directory, 'certificate.pem')]);
}

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
