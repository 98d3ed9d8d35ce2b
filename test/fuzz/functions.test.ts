import { expect } from 'chai';
import * as fc from 'fast-check';
import { bundleFunction, functionNames } from '../../src/build/bundle';
import { functionsIn, withArtifact } from '../../src/build/function-code';
import { customResource } from '../../src/functions/custom-resource/custom-resource';
import { findTarget, requireTarget } from '../../src/functions/empty/target';
import { customResourceRequest } from '../../src/functions/custom-resource/request';
import { rotationRequest } from '../../src/functions/rotate-password/request';
import { startResponseServer, type ResponseServer } from '../functions/custom-resource/response-server';
import { damaged, hostileText, hostileValue } from './support/hostile';
import { answerOf, laterAnswerOf } from './support/named-cause';
import { runs } from './support/runs';

/** Proves that a function which nobody at a terminal sees says what is wrong: no error of JavaScript's own. */
function expectOwnWords(error: unknown): void {
  expect(error).to.be.instanceOf(Error);
  const { name, message } = error as Error;
  expect(name, message).to.equal('Error');
  expect(message).to.match(/^[^\s:][^]*: [^]+\.$/);
}

describe('functions, of events with anything in them', () => {
  let server: ResponseServer;
  const log = console.error;
  before(async () => {
    server = await startResponseServer();
    console.error = () => undefined;
  });
  after(async () => {
    console.error = log;
    await server.stop();
  });

  const event = { RequestType: 'Update', ResponseURL: 'x', RequestId: 'request-1', StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/shop/1', LogicalResourceId: 'Empty', ResourceType: 'Custom::EmptyBucket', PhysicalResourceId: 'empty-bucket/a', ResourceProperties: { BucketName: 'a' }, OldResourceProperties: {} };

  it('a custom resource answers every event that says where to, and refuses the others in its own words', async () => {
    const handler = customResource({
      create: (request) => ({ physicalResourceId: requireTarget(request).id }),
      update: (request) => ({ physicalResourceId: requireTarget(request).id }),
      delete: (request) => void findTarget(request),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged(event), hostileValue), async (wrong) => {
        const received = server.received.length;
        const sent: unknown = typeof wrong === 'object' && wrong !== null && 'ResponseURL' in wrong && wrong.ResponseURL === 'x' ? { ...wrong, ResponseURL: server.url } : wrong;
        try {
          await handler(sent, { getRemainingTimeInMillis: () => 60_000 });
        } catch (error) {
          expectOwnWords(error);
          expect(server.received.length).to.equal(received);
          return;
        }
        const body = server.received.at(-1)?.body as Record<string, unknown>;
        expect(server.received.length).to.equal(received + 1);
        expect(body).to.include.keys('StackId', 'RequestId', 'LogicalResourceId', 'PhysicalResourceId');
        if (body['Status'] === 'FAILED') expect(body['Reason']).to.match(/^[^\s:][^]*: [^]+\.$/).and.not.match(/^(Type|Range|Reference)Error/);
        else expect(() => customResourceRequest(sent)).not.to.throw();
      }),
      runs(200),
    );
  });

  it('the rotation refuses every event that is not one of its four steps, in its own words', () => {
    const step = { Step: 'createSecret', SecretId: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a', ClientRequestToken: 'b' };
    fc.assert(
      fc.property(fc.oneof(damaged(step), hostileValue), (wrong) => {
        try {
          expect(['createSecret', 'setSecret', 'testSecret', 'finishSecret']).to.include(rotationRequest(wrong).Step);
        } catch (error) {
          expectOwnWords(error);
        }
      }),
      runs(300),
    );
  });

  it('a function of any other name than those there are is refused with the nearest', async () => {
    const known = functionNames();
    await fc.assert(
      fc.asyncProperty(hostileText.filter((name) => !known.includes(name)), async (name) => {
        expect(await laterAnswerOf(() => bundleFunction(name), [1])).to.have.property('refused');
        const template = { Resources: { Code: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: `function:${name}` } } } };
        answerOf(() => withArtifact(template, Object.fromEntries(known.map((each) => [each, 'hash']))), [1]);
        expect(functionsIn(template)).to.have.lengthOf.at.most(1);
      }),
      runs(60),
    );
  });
});
