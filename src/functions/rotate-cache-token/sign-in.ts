import { lookup } from 'node:dns/promises';
import { connect, type TLSSocket } from 'node:tls';

/** Where a cache listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** How many of a cache's nodes accept a token. */
export type Acceptance = 'all' | 'some' | 'none';

/** One connection with its exchange, in milliseconds. */
const TIMEOUT = 10_000;

/** Begins of the answers that refuse a password, by the age of the engine. */
const REFUSALS = ['-WRONGPASS ', '-ERR invalid password'];

/**
 * Signs in to every node that the endpoint's name stands for, by TLS, and asks each whether it answers.
 *
 * The exchange is two commands and two lines, for which this needs no client: a client of Valkey brings a megabyte, keeps trying where a
 * rotation must know, and may tell its log which command failed, with the token in it.
 *
 * @param authorities that sign the nodes' certificates. @default those that Node knows, among which Amazon's are
 * @throws when a node does not answer, or answers anything else; the message holds nothing of the answer, which may repeat the token
 * @see https://valkey.io/topics/protocol/
 */
export async function signIn(endpoint: Endpoint, token: string, authorities?: readonly string[]): Promise<Acceptance> {
  const addresses = await lookup(endpoint.host, { all: true, family: 4 }).catch(() => {
    throw new Error(`Cache at ${endpoint.host}: the name is not known here. Let the function run in the cache’s VPC.`);
  });
  const answers = await Promise.all(addresses.map(({ address }) => signInTo(endpoint, address, token, authorities)));
  if (answers.every(Boolean)) return 'all';
  return answers.some(Boolean) ? 'some' : 'none';
}

function signInTo({ host, port }: Endpoint, address: string, token: string, authorities?: readonly string[]): Promise<boolean> {
  const problem = (what: string): Error => new Error(`Cache at ${host}:${port}, node ${address}: ${what}`);
  return new Promise<boolean>((resolve, reject) => {
    const socket: TLSSocket = connect({ host: address, port, servername: host, ...(authorities ? { ca: [...authorities] } : {}) });
    const end = (settle: () => void): void => {
      socket.destroy();
      settle();
    };
    let answer = '';
    socket.setTimeout(TIMEOUT, () => end(() => reject(problem(`no answer in ${TIMEOUT / 1000} s. Let the function’s subnets and security group reach it on its port.`))));
    socket.on('error', ({ message }) => end(() => reject(problem(`no connection (${message}). Let the function’s subnets and security group reach it, and the name be the cache’s own.`))));
    socket.on('close', () => reject(problem('the connection was closed before it answered. Look at the cache’s engine log.')));
    socket.on('secureConnect', () => socket.write(command('AUTH', token) + command('PING')));
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
      if (REFUSALS.some((refusal) => answer.startsWith(refusal))) end(() => resolve(false));
      else if (answer === '+OK\r\n+PONG\r\n') end(() => resolve(true));
      else if (!'+OK\r\n+PONG\r\n'.startsWith(answer) && answer.endsWith('\r\n')) {
        const [word = ''] = answer.split(/[\s\r\n]/);
        end(() => reject(problem(`it answers AUTH and PING with ${/^[-+][A-Z]{1,20}$/.test(word) ? word : 'something else'}. Look at the cache’s engine log.`)));
      }
    });
  });
}

/** A command as the protocol has it: an array of texts, each after its length in bytes. */
function command(...words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
