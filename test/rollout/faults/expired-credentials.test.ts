import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { RenewableCredentials } from '../../../src/rollout/renewable-credentials';
import { Rehearsal } from '../support/rehearsal';

const expired = (name = 'ExpiredToken'): Error => Object.assign(new Error('The security token included in the request is expired'), { name });

describe('fault 4: credentials that expire', () => {
  describe('while the same ones are looked up again', () => {
    let rehearsal: Rehearsal;
    before(async () => {
      rehearsal = await Rehearsal.start();
    });
    after(() => rehearsal.stop());
    beforeEach(async () => {
      await rehearsal.rollFresh();
      await rehearsal.build({ note: 'changed' });
      await rehearsal.control.resetCalls();
    });

    for (const action of ['UpdateStackSet', 'DescribeStackSetOperation', 'ListStackInstances', 'DescribeStacks']) {
      it(`are renewed once at ${action}, and the rollout goes on without a second operation`, async () => {
        await rehearsal.control.addFault({ target: 'api', kind: 'expired', service: 'cloudformation', action, times: 1 });
        expect((await rehearsal.rollout()).exitCode).to.equal(0);
        expect((await rehearsal.mutations()).map((call) => call.split(' ')[0]).filter((call) => call?.startsWith('Update'))).to.deep.equal(action === 'UpdateStackSet' ? ['UpdateStackSet', 'UpdateStackSet', 'UpdateStackInstances'] : ['UpdateStackSet', 'UpdateStackInstances']);
      });
    }

    it('that stay expired stop the rollout with exit code 4 while its operation goes on, and the same command follows that one', async () => {
      await rehearsal.control.addFault({ target: 'api', kind: 'expired', service: 'cloudformation', action: 'DescribeStackSetOperation' });
      const stopped = await rehearsal.rollout();
      expect(stopped.exitCode).to.equal(4);
      expect(stopped.message).to.match(/^Credentials expired: .*Sign in again, for example with "aws sso login", and run the same command again/);
      await rehearsal.control.removeFaults();
      const resumed = await rehearsal.rollout();
      expect(resumed.exitCode).to.equal(0);
      expect((await rehearsal.mutations()).filter((call) => call.startsWith('UpdateStackSet ')), 'no operation twice').to.have.length(1);
    });
  });

  it('are looked up where a person may have put new ones, once for each time that they expire', async () => {
    const keys = ['old', 'new'];
    const credentials = new RenewableCredentials(() => async () => ({ accessKeyId: keys.shift() ?? 'none', secretAccessKey: 'of-a-test' }));
    let around: ((args: { readonly input: object }) => Promise<object>) | undefined;
    const seen: string[] = [];
    const send = async (): Promise<object> => {
      const { accessKeyId } = await credentials.provide();
      seen.push(accessKeyId);
      if (accessKeyId === 'old') throw expired();
      return {};
    };
    credentials.renewFor({ middlewareStack: { add: (middleware) => (around = middleware(send)) } });
    await around?.({ input: {} });
    await around?.({ input: {} });
    expect(seen).to.deep.equal(['old', 'new', 'new']);
  });

  for (const name of ['ExpiredTokenException', 'CredentialsProviderError', 'RequestExpired']) {
    it(`are known by ${name} too, and end in a refusal that can be resumed`, async () => {
      const credentials = new RenewableCredentials(() => async () => ({ accessKeyId: 'a', secretAccessKey: 'of-a-test' }));
      let around: ((args: { readonly input: object }) => Promise<object>) | undefined;
      credentials.renewFor({ middlewareStack: { add: (middleware) => (around = middleware(() => Promise.reject(expired(name)))) } });
      const error = await around?.({ input: {} }).then(() => undefined, (reason: unknown) => reason);
      expect(error).to.be.instanceOf(MeridianError);
      expect((error as MeridianError).exitCode).to.equal(4);
    });
  }
});
