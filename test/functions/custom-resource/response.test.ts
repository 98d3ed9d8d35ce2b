import { expect } from 'chai';
import fc from 'fast-check';
import { failureReason } from '../../../src/functions/custom-resource/reason';
import {
  responseBody,
  sendResponse,
  type CustomResourceResponse,
} from '../../../src/functions/custom-resource/response';
import { startResponseServer, type ResponseServer } from './response-server';

const failed: CustomResourceResponse = {
  Status: 'FAILED',
  Reason: 'no',
  PhysicalResourceId: 'thing',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Thing',
};

function parsed(response: CustomResourceResponse): Partial<CustomResourceResponse> {
  return JSON.parse(responseBody(response).toString()) as Partial<CustomResourceResponse>;
}

describe('The response to CloudFormation', () => {
  it('never exceeds 4,096 bytes, whatever the reason is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6000 }), (Reason) => {
        expect(responseBody({ ...failed, Reason }).length).to.be.at.most(4096);
        expect(parsed({ ...failed, Reason })).to.have.property('Reason');
      }),
      { numRuns: 30 },
    );
  });

  it('is refused when its ids alone are too long', () => {
    expect(() => responseBody({ Status: 'FAILED', Reason: 'no', StackId: 's', RequestId: 'r', LogicalResourceId: 'l', PhysicalResourceId: 'x'.repeat(5_000) })).to.throw('bytes without a reason are more than');
  });

  it('keeps the beginning of a reason that is too long', () => {
    const { Reason } = parsed({ ...failed, Reason: `Bucket "b": refused. ${'x'.repeat(5000)}` });
    expect(Reason).to.match(/^Bucket "b": refused\. x+…$/);
  });

  it('turns data that leave no room into a failure that says so', () => {
    expect(
      parsed({ ...failed, Status: 'SUCCESS', Reason: undefined, Data: { Blob: 'x'.repeat(5000) } }),
    ).to.deep.include({
      Status: 'FAILED',
      Reason: "Response: 5136 bytes are more than CloudFormation's 4096. Return less data.",
    });
  });

  for (const { error, reason } of [
    { error: new Error('plain'), reason: 'plain' },
    { error: Object.assign(new Error('no'), { name: 'AccessDenied' }), reason: 'AccessDenied: no' },
    { error: 'text', reason: 'text' },
    {
      error: new Error("PUT 'https://a.b/c?sig=1' and http://d/?e=2 f"),
      reason: "PUT 'https://a.b/c' and http://d/ f",
    },
  ]) {
    it(`gives "${reason}" as the reason of a failure`, () => {
      expect(failureReason(error)).to.equal(reason);
    });
  }

  describe('is delivered', () => {
    let server: ResponseServer;
    beforeEach(async () => {
      server = await startResponseServer();
    });
    afterEach(() => server.stop());

    for (const status of [408, 429, 500, 503]) {
      it(`again after HTTP ${status}`, async () => {
        server.statuses.push(status);
        await sendResponse(server.url, failed);
        expect(server.received).to.have.lengthOf(2);
      });
    }

    it('once when the URL refuses it, with an error that does not contain the URL', async () => {
      server.statuses.push(403);
      const error = await sendResponse(server.url, failed).then(
        () => undefined,
        (reason: Error) => reason,
      );
      expect(error?.message).to.equal("CloudFormation's response URL: HTTP 403.");
      expect(server.received).to.have.lengthOf(1);
    });
  });
});
