import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { localClientConfig } from '../../../src/local-aws';
import { api, conformance, guide, localRule, refusal, rule, target } from './conformance';
import { deleteRoles, makeRoles } from './roles';
import { parameters, type Subject, TEMPLATE } from './subject';
import { SECOND_ACCOUNT } from './target';

const EXCEEDED = 'Cancelled since failure tolerance has exceeded';

/** Runs a proof with the roles of stack sets in a second account of the local AWS, and removes the stack set while they still stand. */
async function withSecondAccount(subject: Subject, proof: () => Promise<void>): Promise<void> {
  const second = new CloudFormation(localClientConfig(target().control?.endpoint ?? '', target().home, SECOND_ACCOUNT));
  await makeRoles(second, SECOND_ACCOUNT, target().account);
  try {
    await proof();
  } finally {
    await subject.remove();
    await deleteRoles(second);
  }
}

/** Makes the stack of one account fail in every region. */
async function failIn(account: string, changes: { times?: number } = {}): Promise<void> {
  await target().control?.addFault({ target: 'resource', kind: 'fail', account, logicalId: 'Note', operation: 'CREATE', ...changes });
}

/** Waits until the running update of a stack is through with the resource `Note`. */
async function noteUpdated(region: string, StackName: string | undefined): Promise<void> {
  const status = async () =>
    (await target().cloudFormation(region).describeStackEvents({ StackName })).StackEvents?.find(({ LogicalResourceId }) => LogicalResourceId === 'Note')?.ResourceStatus;
  while ((await status()) !== 'UPDATE_COMPLETE') {
    await sleep(10);
  }
}

async function statuses(subject: Subject, operation: { OperationId?: string }): Promise<string[]> {
  const { Summaries = [] } = await subject.cloudFormation.listStackSetOperationResults({ StackSetName: subject.name, OperationId: operation.OperationId });
  return Summaries.map(({ Account, Region, Status }) => `${Account} ${Region} ${Status}`);
}

conformance('a failure', () => {
  rule('in one region cancels the operation in later regions', api('StackSetOperationPreferences'), async (subject) => {
    const [first, second] = target().regions;
    await subject.create({ Parameters: parameters({ FailIn: first }) });
    const operation = await subject.createInstances();
    const results = await subject.results(operation);
    expect(operation).to.deep.include({ Status: 'FAILED', StatusDetails: { FailedStackInstancesCount: 1 } });
    expect(results[first]?.Status).to.equal('FAILED');
    expect(results[second]).to.include({ Status: 'CANCELLED', StatusReason: EXCEEDED });
    expect(await subject.instance(second)).to.deep.include({ Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'CANCELLED' } });
  });

  rule('is told with the first resource that failed, its type and its reason', guide('stacksets-troubleshooting'), async (subject) => {
    const [first] = target().regions;
    await subject.create({ Parameters: parameters({ FailIn: first }) });
    const results = await subject.results(await subject.createInstances());
    expect(results[first]?.StatusReason).to.match(/^ResourceLogicalId:Broken, ResourceType:AWS::CloudFormation::Stack, ResourceStatusReason:.*S3/);
    expect((await subject.instance(first)).StatusReason).to.equal(results[first]?.StatusReason);
  });

  rule('of a creation deletes the stack and leaves the instance outdated; a later update makes it', guide('stacksets-troubleshooting'), async (subject) => {
    const [first] = target().regions;
    await subject.create({ Parameters: parameters({ FailIn: first }) });
    await subject.createInstances();
    const failed = await subject.instance(first);
    const { Stacks: [stack] = [] } = await target().cloudFormation(first).describeStacks({ StackName: failed.StackId });
    expect([failed.Status, stack?.StackStatus]).to.deep.equal(['OUTDATED', 'DELETE_COMPLETE']);
    expect((await subject.update({ Parameters: [] })).Status).to.equal('SUCCEEDED');
    expect((await subject.instance(first)).Status).to.equal('CURRENT');
  });

  rule('of an update rolls its stack back, keeps earlier regions as they are, and leaves its instance outdated', api('UpdateStackSet'), async (subject) => {
    const [first, second] = target().regions;
    await subject.create();
    await subject.createInstances();
    const operation = await subject.update({ Parameters: parameters({ Label: 'changed', FailIn: second }) });
    expect(operation.Status).to.equal('FAILED');
    expect(await subject.instance(first)).to.include({ Status: 'CURRENT' });
    expect(await subject.instance(second)).to.deep.include({ Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'FAILED' } });
    expect(await subject.deployedParameter(first, 'Label')).to.equal('changed');
    expect(await subject.deployedParameter(second, 'Label')).to.equal('first');
  });

  rule('within the tolerance lets the operation go on and succeed', api('StackSetOperationPreferences'), async (subject) => {
    const [first, second] = target().regions;
    await subject.create({ Parameters: parameters({ FailIn: first }) });
    const operation = await subject.createInstances({ OperationPreferences: { RegionOrder: [first, second], FailureToleranceCount: 1 } });
    const results = await subject.results(operation);
    expect(operation).to.deep.include({ Status: 'SUCCEEDED', StatusDetails: { FailedStackInstancesCount: 1 } });
    expect([results[first]?.Status, results[second]?.Status]).to.deep.equal(['FAILED', 'SUCCEEDED']);
  });

  rule('in one of two parallel regions does not undo the other', api('StackSetOperationPreferences'), async (subject) => {
    const [first, second] = target().regions;
    await subject.create({ Parameters: parameters({ SlowIn: first }) });
    const operation = await subject.createInstances({ OperationPreferences: { RegionConcurrencyType: 'PARALLEL', RegionOrder: [first, second] } });
    const results = await subject.results(operation);
    expect([operation.Status, results[first]?.Status, results[second]?.Status]).to.deep.equal(['FAILED', 'FAILED', 'SUCCEEDED']);
  });

  rule('is tolerated by a count or by a percentage, not by both', api('StackSetOperationPreferences'), async (subject) => {
    await subject.create();
    const both = [{ FailureToleranceCount: 1, FailureTolerancePercentage: 50 }, { MaxConcurrentCount: 1, MaxConcurrentPercentage: 50 }];
    for (const OperationPreferences of both) {
      expect(await refusal(subject.createInstances({ OperationPreferences }))).to.include({ name: 'ValidationError', status: 400 });
    }
  });

  rule('of the order of regions is none: they go in the order asked for', api('StackSetOperationPreferences'), async (subject) => {
    const order = [...target().regions].reverse();
    await subject.create({ Parameters: parameters({ FailIn: order[0] }) });
    const results = await subject.results(await subject.createInstances({ OperationPreferences: { RegionOrder: order } }));
    expect([results[order[0] ?? '']?.Status, results[order[1] ?? '']?.Status]).to.deep.equal(['FAILED', 'CANCELLED']);
  });

  localRule('in one account stops its region before the next account, one at a time by default', api('StackSetOperationPreferences'), (subject) =>
    withSecondAccount(subject, async () => {
      const [first] = target().regions;
      await subject.create();
      await failIn(target().account);
      const operation = await subject.createInstances({ Accounts: [target().account, SECOND_ACCOUNT] });
      expect((await statuses(subject, operation)).filter((line) => line.includes(first))).to.deep.equal([`${target().account} ${first} FAILED`, `${SECOND_ACCOUNT} ${first} CANCELLED`]);
    }),
  );

  localRule('rate counts per region and rounds down: half of one account is none', api('StackSetOperationPreferences'), (subject) =>
    withSecondAccount(subject, async () => {
      const [first, second] = target().regions;
      await subject.create();
      await failIn(target().account);
      const OperationPreferences = { RegionOrder: [first, second], FailureTolerancePercentage: 50 };
      const tolerated = await subject.createInstances({ Accounts: [target().account, SECOND_ACCOUNT], OperationPreferences });
      const exceeded = await subject.createInstances({ OperationPreferences });
      expect([tolerated.Status, exceeded.Status]).to.deep.equal(['SUCCEEDED', 'FAILED']);
      expect(await statuses(subject, tolerated)).to.deep.equal([
        `${target().account} ${first} FAILED`,
        `${SECOND_ACCOUNT} ${first} SUCCEEDED`,
        `${target().account} ${second} FAILED`,
        `${SECOND_ACCOUNT} ${second} SUCCEEDED`,
      ]);
    }),
  );

  for (const [ConcurrencyMode, other] of [['STRICT_FAILURE_TOLERANCE', 'CANCELLED'], ['SOFT_FAILURE_TOLERANCE', 'SUCCEEDED']] as const) {
    localRule(`finds the other account ${other.toLowerCase()} in mode ${ConcurrencyMode} with two at once`, guide('concurrency-mode'), (subject) =>
      withSecondAccount(subject, async () => {
        const [first] = target().regions;
        await subject.create();
        await failIn(target().account);
        const OperationPreferences = { MaxConcurrentCount: 2, ConcurrencyMode };
        const operation = await subject.createInstances({ Accounts: [target().account, SECOND_ACCOUNT], Regions: [first], OperationPreferences });
        expect(operation.Status).to.equal('FAILED');
        expect(await statuses(subject, operation)).to.deep.equal([`${target().account} ${first} FAILED`, `${SECOND_ACCOUNT} ${first} ${other}`]);
      }),
    );
  }

  localRule('of one resource on update in one region is told in the words of the fault', guide('stacksets-troubleshooting'), async (subject) => {
    const [first, second] = target().regions;
    await subject.create();
    await subject.createInstances();
    await target().control?.addFault({ target: 'resource', kind: 'fail', logicalId: 'Note', region: second, operation: 'UPDATE', times: 1, reason: 'Disk on fire' });
    const results = await subject.results(await subject.update({ Parameters: parameters({ Label: 'changed' }) }));
    expect(results[first]?.Status).to.equal('SUCCEEDED');
    expect(results[second]?.StatusReason).to.equal('ResourceLogicalId:Note, ResourceType:AWS::SSM::Parameter, ResourceStatusReason:Disk on fire.');
    expect((await subject.update({ TemplateBody: TEMPLATE, Parameters: parameters({ Label: 'changed' }) })).Status).to.equal('SUCCEEDED');
  });

  localRule('of a rollback leaves a stack that can not be updated', guide('using-cfn-updating-stacks-continueupdaterollback'), async (subject) => {
    const [first] = target().regions;
    await subject.create();
    await subject.createInstances({ Regions: [first], OperationPreferences: undefined });
    const { StackId } = await subject.instance(first);
    const started = subject.startUpdate({ Parameters: parameters({ Label: 'changed', SlowIn: first }), OperationPreferences: undefined });
    await noteUpdated(first, StackId);
    await target().control?.addFault({ target: 'resource', kind: 'fail', logicalId: 'Note', region: first, operation: 'UPDATE' });
    await subject.ended(started);
    const { Stacks: [stack] = [] } = await target().cloudFormation(first).describeStacks({ StackName: StackId });
    const results = await subject.results(await subject.update({ Parameters: parameters({ Label: 'again' }), OperationPreferences: undefined }));
    expect(stack?.StackStatus).to.equal('UPDATE_ROLLBACK_FAILED');
    expect(results[first]?.StatusReason).to.equal(`Stack:${StackId} is in UPDATE_ROLLBACK_FAILED state and can not be updated.`);
  });
});
