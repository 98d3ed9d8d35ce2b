import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A PUT that reached the server in CloudFormation's place. */
export interface ReceivedResponse {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Stands at the end of a response URL and keeps what arrives there. */
export interface ResponseServer {
  /** A pre-signed URL as CloudFormation sends it. */
  readonly url: string;
  readonly received: ReceivedResponse[];
  /** The HTTP statuses of the next answers, 200 when there is none left. */
  readonly statuses: number[];
  stop(): Promise<void>;
}

/** Starts a {@link ResponseServer} on a free port of this machine. */
export async function startResponseServer(): Promise<ResponseServer> {
  const received: ReceivedResponse[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks);
      const body = JSON.parse(text.toString()) as Record<string, unknown>;
      received.push({ method: request.method, headers: request.headers, bytes: text.length, body });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/response?X-Amz-Signature=c2VjcmV0`,
    received,
    statuses,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}
