import { expect } from 'chai';
import { api, conformance, refusal, rule, target } from './conformance';
import { parameters, type Subject } from './subject';

/** Starts an update that takes a second in the first region and fails there. */
async function startSlowUpdate(subject: Subject, changes: { OperationId?: string; FailureToleranceCount?: number } = {}): Promise<string> {
  const { FailureToleranceCount = 0, ...others } = changes;
  const OperationPreferences = { RegionOrder: [...target().regions], FailureToleranceCount };
  const { OperationId = '' } = await subject.startUpdate({ Parameters: parameters({ SlowIn: target().regions[0] }), OperationPreferences, ...others });
  return OperationId;
}

conformance('an operation', () => {
  rule('is one at a time: another one is refused while it runs', api('UpdateStackSet'), async (subject) => {
    const id = await subject.create();
    await subject.createInstances();
    await startSlowUpdate(subject);
    const calls = [subject.update(), subject.createInstances(), subject.deleteInstances(), subject.cloudFormation.deleteStackSet({ StackSetName: subject.name })];
    for (const call of calls) {
      const refused = await refusal(call);
      expect(refused).to.include({ name: 'OperationInProgressException', status: 409 });
      expect(refused.message).to.include(`stackset/${id}`);
    }
  });

  rule('is accepted once: the same request with the same operation id answers the same operation', api('UpdateStackSet'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    const request = { OperationId: `once-${subject.name}`, Parameters: parameters({ Label: 'changed' }) };
    expect(await subject.startUpdate(request)).to.include({ OperationId: request.OperationId });
    expect(await subject.startUpdate(request)).to.include({ OperationId: request.OperationId });
    expect((await subject.ended(subject.startUpdate(request))).Status).to.equal('SUCCEEDED');
    const { Summaries = [] } = await subject.cloudFormation.listStackSetOperations({ StackSetName: subject.name });
    expect(Summaries.map(({ Action }) => Action)).to.deep.equal(['UPDATE', 'CREATE']);
  });

  rule('has an id that no other request can use', api('UpdateStackSet'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    const OperationId = `taken-${subject.name}`;
    await subject.update({ OperationId });
    expect(await refusal(subject.update({ OperationId, Description: 'another request' }))).to.include({ name: 'OperationIdAlreadyExistsException', status: 409 });
  });

  rule('ends as stopped when it is stopped, and does not begin with what was left', api('StopStackSetOperation'), async (subject) => {
    const [first, second] = target().regions;
    await subject.create();
    await subject.createInstances();
    const OperationId = await startSlowUpdate(subject, { FailureToleranceCount: 1 });
    await subject.cloudFormation.stopStackSetOperation({ StackSetName: subject.name, OperationId });
    const stopping = await subject.operation(OperationId);
    const stopped = await subject.ended(Promise.resolve({ OperationId }));
    const results = await subject.results(stopped);
    expect([stopping.Status, stopped.Status]).to.deep.equal(['STOPPING', 'STOPPED']);
    expect(results[second]?.Status).to.equal('CANCELLED');
    expect(results[first]?.Status).to.equal('FAILED');
    expect((await subject.instance(second)).Status).to.equal('OUTDATED');
  });

  rule('that ended can not be stopped', api('StopStackSetOperation'), async (subject) => {
    await subject.create();
    const { OperationId } = await subject.createInstances({ Regions: [target().regions[0]], OperationPreferences: undefined });
    expect(await refusal(subject.cloudFormation.stopStackSetOperation({ StackSetName: subject.name, OperationId }))).to.include({ name: 'InvalidOperationException', status: 400 });
  });

  rule('that never was is not found', api('DescribeStackSetOperation'), async (subject) => {
    await subject.create();
    expect(await refusal(subject.operation('never'))).to.include({ name: 'OperationNotFoundException', status: 404 });
  });

  rule('waits for the one before it under managed execution', api('ManagedExecution'), async (subject) => {
    await subject.create({ ManagedExecution: { Active: true } });
    await subject.createInstances();
    const running = await startSlowUpdate(subject);
    const { OperationId: queued } = await subject.startUpdate({ Parameters: parameters({ Label: 'after' }) });
    expect((await subject.operation(queued)).Status).to.equal('QUEUED');
    expect((await subject.operation(running)).Status).to.equal('RUNNING');
    expect((await subject.ended(Promise.resolve({ OperationId: queued }))).Status).to.equal('SUCCEEDED');
    expect((await subject.operation(running)).Status).to.equal('FAILED');
    expect(await subject.deployedParameter(target().regions[0], 'Label')).to.equal('after');
  });

  rule('under way keeps managed execution as it is', api('ManagedExecution'), async (subject) => {
    await subject.create({ ManagedExecution: { Active: true } });
    await subject.createInstances();
    await startSlowUpdate(subject);
    expect(await refusal(subject.update({ ManagedExecution: { Active: false } }))).to.include({ status: 400 });
  });

  rule('is listed, the latest first, in pages as large as asked for', api('ListStackSetOperations'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    await subject.update({ Parameters: parameters({ Label: 'changed' }) });
    const page = (NextToken?: string) => subject.cloudFormation.listStackSetOperations({ StackSetName: subject.name, MaxResults: 1, NextToken });
    const first = await page();
    const second = await page(first.NextToken);
    expect(first.Summaries).to.have.length(1);
    expect(first.Summaries?.[0]?.Action).to.equal('UPDATE');
    expect(second.Summaries?.[0]?.Action).to.equal('CREATE');
    expect(second.NextToken).to.equal(undefined);
    expect(await refusal(page('not a token'))).to.include({ name: 'ValidationError', status: 400 });
  });

  rule('tells in pages what it did in each region, and by status', api('ListStackSetOperationResults'), async (subject) => {
    await subject.create();
    const { OperationId } = await subject.createInstances();
    const list = (changes: object) => subject.cloudFormation.listStackSetOperationResults({ StackSetName: subject.name, OperationId, ...changes });
    const first = await list({ MaxResults: 1 });
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });
    const failed = await list({ Filters: [{ Name: 'OPERATION_RESULT_STATUS', Values: 'FAILED' }] });
    expect([first, second].map(({ Summaries }) => Summaries?.[0]?.Region)).to.have.members([...target().regions]);
    expect(first.Summaries?.[0]).to.deep.include({ Account: target().account, Status: 'SUCCEEDED' });
    expect(failed.Summaries).to.deep.equal([]);
  });

  rule('pages instances and stack sets too', api('ListStackInstances'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    const first = await subject.cloudFormation.listStackInstances({ StackSetName: subject.name, MaxResults: 1 });
    const second = await subject.cloudFormation.listStackInstances({ StackSetName: subject.name, MaxResults: 1, NextToken: first.NextToken });
    const sets = await subject.cloudFormation.listStackSets({ MaxResults: 1 });
    expect([first, second].map(({ Summaries }) => Summaries?.[0]?.Region)).to.have.members([...target().regions]);
    expect([second.NextToken, sets.Summaries?.length]).to.deep.equal([undefined, 1]);
  });
});
