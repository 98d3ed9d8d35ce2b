import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { certificate, missingPrograms } from '../rotate-password/local-server';

/** Why no server can be started here, and how to get one; undefined when one can. */
export function missingServer(): string | undefined {
  const missing = missingPrograms('openssl');
  return missing && `${missing} not found: install OpenSSL, on Debian with apt-get install -y openssl.`;
}

/** A node of a cache on 127.0.0.1 that speaks TLS, and of Valkey's protocol AUTH and PING. */
export class CacheServer {
  /** The tokens that let a client in. */
  accepts: readonly string[] = [];
  /** What it answers to anything, instead of what Valkey does. */
  says: string | undefined;
  /** Whether answers come in pieces, as networks may deliver them. */
  isSlow = false;
  readonly port: number;

  private constructor(
    private readonly server: Server,
    private readonly sockets: Set<TLSSocket>,
    readonly authority: string,
  ) {
    this.port = (server.address() as AddressInfo).port;
  }

  /** @param host the name in its certificate */
  static async start(host = 'localhost'): Promise<CacheServer> {
    const directory = mkdtempSync(join(tmpdir(), 'meridian-cache-'));
    certificate(directory, host);
    const [key = '', cert = ''] = ['key.pem', 'certificate.pem'].map((file) => readFileSync(join(directory, file), 'utf8'));
    rmSync(directory, { recursive: true });
    const sockets = new Set<TLSSocket>();
    const server = createServer({ key, cert });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const started = new CacheServer(server, sockets, cert);
    server.on('secureConnection', (socket) => started.serve(socket));
    return started;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: TLSSocket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    let isSignedIn = false;
    socket.on('data', (bytes) => {
      const answers = commandsIn(bytes.toString()).map(([name = '', ...words]) => {
        if (this.says !== undefined) return this.says;
        if (name === 'AUTH') {
          isSignedIn = words.length === 1 && this.accepts.includes(words[0] ?? '');
          return isSignedIn ? '+OK\r\n' : '-WRONGPASS invalid username-password pair or user is disabled.\r\n';
        }
        return isSignedIn ? '+PONG\r\n' : '-NOAUTH Authentication required.\r\n';
      });
      if (!this.isSlow) return void socket.write(answers.join(''));
      for (const [index, letter] of [...answers.join('')].entries()) setTimeout(() => socket.writable && socket.write(letter), index * 2);
    });
  }
}

/** Commands as clients send them: arrays of texts, each after its length. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const lines = text.split('\r\n');
  const commands: string[][] = [];
  while (lines.length > 1) {
    const count = Number(lines.shift()?.slice(1));
    commands.push(
      Array.from({ length: count }, () => {
        const length = Number(lines.shift()?.slice(1));
        const word = lines.shift() ?? '';
        if (Buffer.byteLength(word) !== length) throw new Error(`a text of ${length} bytes has ${Buffer.byteLength(word)}`);
        return word;
      }),
    );
  }
  return commands;
}
