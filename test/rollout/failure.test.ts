import { expect } from 'chai';
import { MeridianError } from '../../src/errors';
import { openTarget } from '../../src/rollout';
import { withVariables } from '../support/variables';
import { parameters, Rehearsal } from './support/rehearsal';
import { primary, secondary } from './support/shop';

const refusal = async (attempt: Promise<unknown>): Promise<MeridianError> => {
  const error = await attempt.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof MeridianError)) throw new Error(`No refusal but ${String(error)}`);
  return error;
};

describe('a rollout that can not go on', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  it('names the first failed resource of the second region, where it was authored, and what was not started', async () => {
    await rehearsal.rollFresh();
    await rehearsal.build({ visibility: 60, note: 'changed' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: primary, logicalId: 'Orders', operation: 'UPDATE', reason: 'LimitExceeded: no capacity left for meridian-shop' });
    const result = await rehearsal.rollout();
    expect(result.exitCode).to.equal(3);
    expect(result.nodes.map(({ node, outcome }) => [node.deployment, node.region, outcome].join(' '))).to.deep.equal([
      `account ${primary} unchanged`,
      `base ${secondary} done`,
      `base ${primary} failed`,
      `app ${secondary} not-started`,
      `app ${primary} not-started`,
    ]);
    const cause = result.nodes[2]?.rootCause;
    expect(cause).to.deep.include({ path: ['Store'], logicalId: 'Orders', resourceType: 'AWS::SQS::Queue', status: 'UPDATE_FAILED' });
    expect(cause?.reason).to.contain('no capacity left');
    expect(cause?.fix).to.match(/^A quota of the account is used up/);
    expect(cause?.because, 'nothing that the reason does not speak of').to.deep.equal([]);
    expect(cause?.source?.at).to.match(/^test\/rollout\/support\/shop\.ts:\d+$/);
    expect(result.message).to.match(/^Rollout failed in shop base in us-east-1: Store ▸ Orders \(AWS::SQS::Queue\): .*no capacity left/);
    expect(result.nodes[3]?.because).to.deep.equal(['shop base in us-east-1 failed']);

    await rehearsal.control.removeFaults();
    const again = await rehearsal.rollout();
    expect(again.nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'done', 'done', 'done']);
  });

  it('makes an instance anew whose first creation failed', async () => {
    await rehearsal.control.reset();
    await rehearsal.build();
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: primary, logicalId: 'Label', operation: 'CREATE', reason: 'no capacity left' });
    const failed = await rehearsal.rollout();
    expect(failed.nodes.map(({ outcome }) => outcome)).to.deep.equal(['done', 'done', 'failed', 'not-started', 'not-started']);
    await rehearsal.control.removeFaults();
    const { exitCode, outputs } = await rehearsal.rollout();
    expect(exitCode).to.equal(0);
    expect(outputs['base']?.[primary]).to.include({ Label: 'first' });
  });

  it('refuses to start beside another rollout and names its operation; with --wait it waits for it', async () => {
    await rehearsal.rollFresh();
    await rehearsal.build({ note: 'changed' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'hang', logicalId: 'Note', region: secondary });
    const first = rehearsal.rollout();
    const { operationId } = await rehearsal.event('node-start', ({ action }) => action === 'update');
    const refused = await refusal(rehearsal.rollout({ onEvent: () => undefined }));
    expect(refused.exitCode).to.equal(1);
    expect(refused.message).to.match(new RegExp(`^StackSet meridian-shop-test-main-app busy: operation ${operationId} \\(UPDATE\\) runs since 2\\d\\d\\d-.*Wait until it ends`));
    const patient = rehearsal.rollout({ wait: 30 });
    await rehearsal.event('waiting', ({ operation }) => operation.operationId === operationId);
    await rehearsal.control.removeFaults();
    expect((await first).exitCode).to.equal(0);
    expect((await patient).exitCode).to.equal(0);
  });

  it('survives throttling and replies that are lost after the call was accepted', async () => {
    await rehearsal.control.reset();
    await rehearsal.build();
    await rehearsal.control.addFault({ target: 'api', kind: 'throttle', service: 'cloudformation', probability: 0.05 });
    await rehearsal.control.addFault({ target: 'api', kind: 'drop', service: 'cloudformation', action: 'CreateStackInstances', times: 2 });
    const { exitCode, nodes } = await rehearsal.rollout();
    await rehearsal.control.removeFaults();
    expect(exitCode).to.equal(0);
    expect(nodes.map(({ action }) => action)).to.deep.equal(Array(5).fill('create'));
  });

  it('lists everything that is wrong before anything is changed', async () => {
    await rehearsal.control.reset();
    await rehearsal.build();
    const refused = await refusal(rehearsal.rollout({ parameters: { ...parameters, values: {} } }));
    expect(refused.exitCode).to.equal(1);
    expect(refused.message).to.equal(
      'Rollout of shop test refused: one problem.\n' +
        '  Parameters of shop test missing: Greeting (app, String) have no default. Give them in parameters/shop/test.yaml.\n' +
        'Nothing was changed. Correct this and run the same command again.',
    );
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('does not touch an account that the credentials do not belong to', async () => {
    const wrong = await refusal(openTarget({ kind: 'aws', account: '12345' }));
    expect(wrong.message).to.match(/^Account "12345" unusable: an account id has twelve digits\./);
    const putBack = withVariables({ AWS_ENDPOINT_URL: rehearsal.endpoint, AWS_ACCESS_KEY_ID: '222222222222', AWS_SECRET_ACCESS_KEY: 'local' });
    try {
      const other = await refusal(openTarget({ kind: 'aws', account: '333333333333' }));
      expect(other.exitCode).to.equal(1);
      expect(other.message).to.equal('Account 333333333333 not touched: the credentials belong to account 222222222222. Use credentials of 333333333333, or give --account 222222222222 if that is the one you mean.');
    } finally {
      putBack();
    }
  });

  it('says so when the local AWS does not run', async () => {
    const refused = await refusal(openTarget({ kind: 'local', endpoint: 'http://127.0.0.1:1' }));
    expect(refused.exitCode).to.equal(2);
    expect(refused.message).to.match(/^AWS not reachable: .*Start the local AWS/);
  });
});
