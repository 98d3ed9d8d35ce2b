import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { CustomResourceResponse } from '../../src/functions/custom-resource/response';

/** The place where CloudFormation would wait for the answer of a custom resource's function. */
export class CustomResourceAnswer {
  private constructor(private readonly server: Server, readonly received: Promise<CustomResourceResponse>) {}

  /** Waits on a free port of 127.0.0.1 for one answer. */
  static async listen(): Promise<CustomResourceAnswer> {
    const server = createServer();
    const received = new Promise<CustomResourceResponse>((resolve, reject) => {
      server.once('request', (request, response) => {
        response.end();
        json(request).then((body) => resolve(body as CustomResourceResponse), reject);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new CustomResourceAnswer(server, received);
  }

  /** The fields of a request that say where the answer goes and what it is to. */
  get request(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return { ResponseURL: `http://127.0.0.1:${port}/`, StackId: 'none', RequestId: 'one', LogicalResourceId: 'Asked', ResourceType: 'Custom::Asked' };
  }

  close(): void {
    this.server.close();
  }
}
