import { expect } from 'chai';
import { customResource, type Operations } from '../../../src/functions/custom-resource/custom-resource';
import type { CustomResourceRequest } from '../../../src/functions/custom-resource/request';
import { startResponseServer, type ResponseServer } from './response-server';

const fields = {
  RequestId: 'request-1',
  StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/kasha/1',
  LogicalResourceId: 'Thing',
  ResourceType: 'Custom::Thing',
  ResourceProperties: {},
};

const idle: Operations = {
  create: () => ({ physicalResourceId: 'thing-1' }),
  update: () => ({ physicalResourceId: 'thing-2' }),
  delete: () => undefined,
};

describe('A custom resource', () => {
  let server: ResponseServer;
  let logged: string[];
  const log = console.error;

  beforeEach(async () => {
    server = await startResponseServer();
    logged = [];
    console.error = (line: string) => logged.push(line);
  });
  afterEach(async () => {
    console.error = log;
    await server.stop();
  });

  const requests: Record<CustomResourceRequest['RequestType'], () => CustomResourceRequest> = {
    Create: () => ({ ...fields, ResponseURL: server.url, RequestType: 'Create' }),
    Update: () => ({
      ...fields,
      ResponseURL: server.url,
      RequestType: 'Update',
      PhysicalResourceId: 'thing-1',
      OldResourceProperties: {},
    }),
    Delete: () => ({ ...fields, ResponseURL: server.url, RequestType: 'Delete', PhysicalResourceId: 'thing-1' }),
  };

  async function answerTo(type: keyof typeof requests, operations: Partial<Operations>, remaining = 60_000) {
    await customResource({ ...idle, ...operations })(requests[type](), { getRemainingTimeInMillis: () => remaining });
    return server.received.at(-1)?.body;
  }

  for (const [wrong, change, reason] of [
    ['no type of request', { RequestType: undefined }, 'Event: no RequestType. '],
    ['another type of request', { RequestType: 'Read' }, 'Event: request "Read" is none of CloudFormation\'s. '],
    ['a Delete of nothing', { RequestType: 'Delete' }, 'Event: no PhysicalResourceId. '],
    ['properties that are no object', { ResourceProperties: null }, 'Event: properties that are no object. '],
  ] as const) {
    it(`answers an event with ${wrong} with that reason`, async () => {
      await customResource(idle)({ ...requests.Create(), ...change }, { getRemainingTimeInMillis: () => 60_000 });
      const body = server.received.at(-1)?.body;
      expect(body).to.include({ Status: 'FAILED', PhysicalResourceId: 'request-1' });
      expect(body?.['Reason']).to.contain(reason);
    });
  }

  for (const event of [undefined, {}, { ...fields, ResponseURL: 'file:///x' }]) {
    it(`refuses an event that names nobody to answer: ${JSON.stringify(event)}`, async () => {
      const refusal = await customResource(idle)(event, { getRemainingTimeInMillis: () => 60_000 }).catch((error: unknown) => error);
      expect(String(refusal)).to.match(/^Error: Event: (no|its) ResponseURL/);
    });
  }

  for (const { type, id } of [
    { type: 'Create', id: 'thing-1' },
    { type: 'Update', id: 'thing-2' },
    { type: 'Delete', id: 'thing-1' },
  ] as const) {
    it(`answers a ${type} with success and the physical id ${id}`, async () => {
      expect(await answerTo(type, {})).to.deep.equal({
        Status: 'SUCCESS',
        PhysicalResourceId: id,
        StackId: fields.StackId,
        RequestId: fields.RequestId,
        LogicalResourceId: fields.LogicalResourceId,
      });
    });
  }

  it('sends a PUT without a content type, which the pre-signed URL does not cover', async () => {
    await answerTo('Create', {});
    expect(server.received[0]?.method).to.equal('PUT');
    expect(server.received[0]?.headers).to.not.have.property('content-type');
    expect(server.received[0]?.headers).to.not.have.property('transfer-encoding');
  });

  it('hands its data to Fn::GetAtt', async () => {
    const answer = await answerTo('Create', {
      create: () => ({ physicalResourceId: 'thing-1', data: { Arn: 'arn:x' } }),
    });
    expect(answer).to.have.property('Data').that.deep.equals({ Arn: 'arn:x' });
  });

  for (const { type, operation, id } of [
    { type: 'Create', operation: 'create', id: 'request-1' },
    { type: 'Update', operation: 'update', id: 'thing-1' },
    { type: 'Delete', operation: 'delete', id: 'thing-1' },
  ] as const) {
    it(`answers a failed ${type} with the reason and the physical id ${id}`, async () => {
      const answer = await answerTo(type, {
        [operation]: () => Promise.reject(new Error('Thing "x": it is broken. Mend it.')),
      });
      expect(answer).to.include({
        Status: 'FAILED',
        Reason: 'Thing "x": it is broken. Mend it.',
        PhysicalResourceId: id,
      });
    });
  }

  it('answers before the function times out when an operation does not end, and aborts its calls', async () => {
    let aborted = false;
    const hang = (_: unknown, signal: AbortSignal) =>
      new Promise<never>(() => signal.addEventListener('abort', () => (aborted = true)));
    const answer = await answerTo('Delete', { delete: hang }, 200);
    expect(answer).to.include({ Status: 'FAILED', PhysicalResourceId: 'thing-1' });
    expect(answer?.['Reason']).to.match(/^Stopped after 0 s: the function's time ran out\. Repeat/);
    expect(aborted).to.equal(true);
  });

  it('never writes the response URL or a query string into the reason or the log', async () => {
    const leak = () => Promise.reject(new Error(`GET ${server.url}&X-Amz-Security-Token=t0ken failed`));
    const answer = await answerTo('Create', { create: leak });
    expect(answer?.['Reason']).to.match(/^GET http:\/\/127\.0\.0\.1:\d+\/response failed$/);
    expect(logged).to.have.lengthOf(1);
    expect(logged.join()).to.not.match(/c2VjcmV0|t0ken/);
  });
});
