import { DeleteStackCommand, UpdateStackInstancesCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { diagnose, diagnoseById } from '../../../src/rollout';
import { Rehearsal } from '../support/rehearsal';
import { primary, secondary } from '../support/shop';

describe('diagnose', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  const diagnoses = () => diagnose({ target: rehearsal.target, dist: rehearsal.dist, system: 'shop', environment: 'test', suffix: 'main' });

  it('says after a failed update which resource it was, where what the reason speaks of came from, and what helps', async () => {
    await rehearsal.rollFresh();
    expect(await diagnoses()).to.deep.equal([]);
    await rehearsal.build({ note: 'changed' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: primary, logicalId: 'Note', operation: 'UPDATE', reason: 'Parameter Label refused (HandlerErrorCode: InvalidRequest)' });
    expect((await rehearsal.rollout()).exitCode).to.equal(3);
    await rehearsal.control.removeFaults();
    const [diagnosis, ...more] = await diagnoses();
    expect(more).to.deep.equal([]);
    expect(diagnosis).to.deep.include({ node: { system: 'shop', environment: 'test', deployment: 'app', region: primary }, status: 'UPDATE_ROLLBACK_COMPLETE', isOver: false });
    expect(diagnosis?.rootCause).to.deep.include({ path: ['Work'], logicalId: 'Note', because: [{ parameter: 'Label', from: ['wire /meridian/shop/test/main/base/Label'] }] });
    expect(diagnosis?.rootCause?.source?.at).to.match(/^test\/rollout\/support\/shop\.ts:\d+$/);
    expect(diagnosis?.rootCause?.fix).to.match(/^The service refuses a value/);
    expect(diagnosis?.consequences.map(({ logicalId }) => logicalId)).to.include('Work');
  });

  it('tells no failure that a later operation has made good, unless the stack is asked for by its id', async () => {
    const { nodes } = await rehearsal.rollout();
    expect(await diagnoses()).to.deep.equal([]);
    const { stackId = '' } = nodes.at(-1)!;
    expect(await diagnoseById(rehearsal.target, stackId)).to.deep.include({ region: primary, status: 'UPDATE_ROLLBACK_COMPLETE', isOver: true });
  });

  it('asks the nested stacks of a creation that was rolled back by their ids, for they are deleted', async () => {
    await rehearsal.control.reset();
    await rehearsal.build();
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: secondary, logicalId: 'Orders', operation: 'CREATE', reason: 'no capacity left' });
    expect((await rehearsal.rollout()).exitCode).to.equal(3);
    const [diagnosis] = await diagnoses();
    expect(diagnosis?.status).to.match(/^ROLLBACK_COMPLETE$/);
    expect(diagnosis?.rootCause).to.deep.include({ path: ['Store'], logicalId: 'Orders', reason: 'no capacity left' });
    const named = await diagnoseById(rehearsal.target, diagnosis?.stackId ?? '');
    expect(named?.rootCause).to.deep.include({ path: ['Store'], logicalId: 'Orders' });
    expect(named?.rootCause?.source).to.equal(undefined);
  });

  it('tells what StackSets say when they can not act in the account at all, and what helps', async () => {
    await rehearsal.rollFresh();
    const roles = rehearsal.target.in('us-east-1').cloudFormation;
    await roles.send(new DeleteStackCommand({ StackName: 'meridian-bootstrap-roles' }));
    await waitUntilStackDeleteComplete({ client: roles, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { StackName: 'meridian-bootstrap-roles' });
    const stackSets = rehearsal.target.in(secondary).cloudFormation;
    const stackSet = { StackSetName: 'meridian-shop-test-main-app' };
    const { OperationId } = await stackSets.send(new UpdateStackInstancesCommand({ ...stackSet, Accounts: [rehearsal.target.account], Regions: [primary] }));
    await rehearsal.ended(stackSet.StackSetName, OperationId);
    const [diagnosis, ...more] = await diagnoses();
    expect(more).to.deep.equal([]);
    expect(diagnosis).to.deep.include({ node: { system: 'shop', environment: 'test', deployment: 'app', region: primary }, status: 'FAILED' });
    expect(diagnosis?.reason).to.match(/^Account \d{12} should have '.*' role with trust relationship/);
    expect(diagnosis?.fix).to.match(/^StackSets could not take its execution role/);
  });

  for (const { id, words } of [
    { id: 'meridian-shop', words: /^Stack "meridian-shop" unusable: .*begins with arn:aws:cloudformation:/ },
    { id: 'arn:aws:cloudformation:us-east-1:111111111111:stack/gone/1', words: /^Stack arn:.* unknown: .*90 days/ },
  ]) {
    it(`refuses the id ${id}`, async () => {
      const error = await diagnoseById(rehearsal.target, id).then(() => undefined, (reason: unknown) => reason);
      expect(error).to.be.instanceOf(MeridianError);
      expect((error as MeridianError).message).to.match(words);
      expect((error as MeridianError).exitCode).to.equal(2);
    });
  }
});
