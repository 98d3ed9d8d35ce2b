import { expect } from 'chai';
import { cloudFormation, notes, REGION, settled, withLocalAws } from './local';

describe('faults of the local AWS', () => {
  const local = withLocalAws();
  const caught = async (call: Promise<unknown>) => (await call.then(() => undefined, (error: unknown) => error)) as Error & { $metadata?: { httpStatusCode?: number } };

  it('throttle about half of the calls when asked to', async () => {
    const client = cloudFormation(local().endpoint, { maxAttempts: 1 });
    await local().control.addFault({ target: 'api', kind: 'throttle', service: 'cloudformation', probability: 0.5 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => client.listStacks({}).then(() => 'ok', (error: Error) => error.name)));
    expect(new Set(answers)).to.deep.equal(new Set(['ok', 'Throttling']));
    expect(answers.filter((answer) => answer === 'ok').length).to.be.within(10, 50);
  });

  it('strike as often as asked for, and the SDK gets over one by itself', async () => {
    const { id } = await local().control.addFault({ target: 'api', kind: 'throttle', action: 'ListStacks', times: 1 });
    const answer = await cloudFormation(local().endpoint).listStacks({});
    expect(answer.$metadata.attempts).to.equal(2);
    expect((await local().control.faults()).map((fault) => fault.id)).not.to.include(id);
  });

  it('strike during a burst only', async () => {
    await local().control.addFault({ target: 'api', kind: 'throttle', seconds: 0.1 });
    const client = cloudFormation(local().endpoint, { maxAttempts: 1 });
    expect((await caught(client.listStacks({}))).name).to.equal('Throttling');
    await new Promise((resolve) => setTimeout(resolve, 150));
    await client.listStacks({});
  });

  for (const [kind, status, name] of [['error', 500, 'InternalFailure'], ['error', 503, 'ServiceUnavailable'], ['expired', 403, 'ExpiredToken']] as const) {
    it(`answer ${status} ${name}`, async () => {
      await local().control.addFault({ target: 'api', kind, action: 'ListStacks', ...(kind === 'error' ? { status } : {}) });
      const error = await caught(cloudFormation(local().endpoint, { maxAttempts: 1 }).listStacks({}));
      expect([error.name, error.$metadata?.httpStatusCode]).to.deep.equal([name, status]);
    });
  }

  it('strike only the region, the account and the action they are meant for', async () => {
    await local().control.addFault({ target: 'api', kind: 'expired', action: 'ListExports' });
    await local().control.addFault({ target: 'api', kind: 'expired', region: 'eu-west-1' });
    await local().control.addFault({ target: 'api', kind: 'expired', account: '999999999999' });
    await cloudFormation(local().endpoint, { maxAttempts: 1 }).listStacks({});
  });

  it('lose the reply of an operation that was accepted', async () => {
    const client = cloudFormation(local().endpoint, { maxAttempts: 1 });
    await client.createStackSet({ StackSetName: 'dropped', TemplateBody: notes('One') });
    await local().control.addFault({ target: 'api', kind: 'drop', action: 'UpdateStackSet', times: 1 });
    const error = await caught(client.updateStackSet({ StackSetName: 'dropped', TemplateBody: notes('One', 'Two'), OperationId: 'lost' }));
    const { Summaries = [] } = await client.listStackSetOperations({ StackSetName: 'dropped' });
    expect(error).to.be.instanceOf(Error);
    expect(Summaries.map(({ OperationId }) => OperationId)).to.deep.equal(['lost']);
  });

  it('lose a reply, which the SDK gets over without a second operation', async () => {
    const client = cloudFormation(local().endpoint);
    await client.createStackSet({ StackSetName: 'repeated', TemplateBody: notes('One') });
    await local().control.addFault({ target: 'api', kind: 'drop', action: 'UpdateStackSet', times: 1 });
    const answer = await client.updateStackSet({ StackSetName: 'repeated', TemplateBody: notes('One', 'Two') });
    const { Summaries = [] } = await client.listStackSetOperations({ StackSetName: 'repeated' });
    expect(answer.$metadata.attempts).to.equal(2);
    expect(Summaries.map(({ OperationId }) => OperationId)).to.deep.equal([answer.OperationId]);
  });

  it('hang a call until the client gives up', async () => {
    await local().control.addFault({ target: 'api', kind: 'hang', action: 'ListStacks' });
    const error = await caught(cloudFormation(local().endpoint, { maxAttempts: 1, requestTimeout: 200 }).listStacks({}));
    expect(error.name).to.equal('TimeoutError');
  });

  it('fail one resource with the words given', async () => {
    const client = cloudFormation(local().endpoint);
    await local().control.addFault({ target: 'resource', kind: 'fail', stackName: 'failing', logicalId: 'Two', region: REGION, reason: 'Disk on fire' });
    await client.createStack({ StackName: 'failing', TemplateBody: notes('One', 'Two') });
    expect(await settled(client, 'failing')).to.equal('ROLLBACK_COMPLETE');
    const { StackEvents = [] } = await client.describeStackEvents({ StackName: 'failing' });
    expect(StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')).to.include({ LogicalResourceId: 'Two', ResourceStatusReason: 'Disk on fire' });
  });

  it('hang one resource until the fault is removed', async () => {
    const client = cloudFormation(local().endpoint);
    const { id } = await local().control.addFault({ target: 'resource', kind: 'hang', logicalId: 'Hanging' });
    await client.createStack({ StackName: 'hanging', TemplateBody: notes('Hanging') });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { Stacks: [stack] = [] } = await client.describeStacks({ StackName: 'hanging' });
    expect(stack?.StackStatus).to.equal('CREATE_IN_PROGRESS');
    expect(await local().control.removeFaults(id)).to.equal(1);
    expect(await settled(client, 'hanging')).to.equal('CREATE_COMPLETE');
  });

  it('are refused when they are unknown, naming what is known', async () => {
    for (const [fault, words] of [[{ target: 'api', kind: 'burn' }, /it is throttle, error/], [{ target: 'moon', kind: 'fail' }, /resource or api/], [{ target: 'api', kind: 'drop', when: 'now' }, /Unknown field of a fault when/]] as const) {
      expect((await caught(local().control.addFault(fault as never))).message).to.match(words);
    }
  });
});
