import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What the proxy does with a call: `cut-before` drops the connection before the server hears of it, `cut-after` once the server has answered,
 * `skew` answers that the caller's clock is wrong, with a `Date` twenty minutes ahead.
 */
export type Cut = 'cut-before' | 'cut-after' | 'skew';

interface Rule {
  readonly action: string;
  readonly cut: Cut;
  times: number;
}

/** Minutes that the skewed clock is ahead; AWS refuses signatures that are more than five minutes off. */
const skewMinutes = 20;

/** Stands between a rollout and the local AWS, on 127.0.0.1, and cuts the calls that a test names. */
export class CuttingProxy {
  private readonly rules: Rule[] = [];
  /** How often each rule struck, as `cut-after UpdateStackSet`. */
  readonly struck: string[] = [];

  private constructor(private readonly server: Server, private readonly behind: URL) {}

  static async before(endpoint: string): Promise<CuttingProxy> {
    const server = createServer();
    const proxy = new CuttingProxy(server, new URL(endpoint));
    server.on('request', (incoming, outgoing) => void proxy.pass(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Cuts the next calls of an action. @param times how many. @default 1 */
  cut(action: string, cut: Cut, times = 1): void {
    this.rules.push({ action, cut, times });
  }

  /** Ends the proxy and every connection through it. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const action = new URLSearchParams(body.toString('utf8')).get('Action') ?? `${incoming.method}`;
    const rule = this.rules.find((each) => each.action === action && each.times > 0);
    if (rule) {
      rule.times -= 1;
      this.struck.push(`${rule.cut} ${action}`);
    }
    if (rule?.cut === 'cut-before') return void incoming.socket.destroy();
    if (rule?.cut === 'skew') return skewed(outgoing);
    const answer = await this.forward(incoming, body);
    if (rule?.cut === 'cut-after') return void incoming.socket.destroy();
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  private forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: this.behind.hostname, port: this.behind.port, method, path: url, headers }, (answer) => {
        bodyOf(answer).then((received) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: received }), reject);
      });
      sent.once('error', reject).end(body);
    });
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function skewed(outgoing: ServerResponse): void {
  const error = '<ErrorResponse><Error><Type>Sender</Type><Code>RequestTimeTooSkewed</Code><Message>Signature not yet current</Message></Error></ErrorResponse>';
  outgoing.sendDate = false;
  outgoing.writeHead(403, { 'content-type': 'text/xml', date: new Date(Date.now() + skewMinutes * 60_000).toUTCString() }).end(error);
}
