import { S3 } from '@aws-sdk/client-s3';
import { STS } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LOCAL_ACCOUNT, localClientConfig, LocalAwsControl, startLocalAws } from '../../src/local-aws';
import { makeRoles } from '../emulator/stack-sets/roles';
import { cloudFormation, notes, REGION, settled, withLocalAws } from './local';

describe('the control endpoint of the local AWS', () => {
  const local = withLocalAws();

  it('tells which calls were made and which of them may change something', async () => {
    const client = cloudFormation(local().endpoint);
    await local().control.resetCalls();
    await client.listStacks({});
    await client.listStacks({});
    await client.createStack({ StackName: 'counted', TemplateBody: notes('One') });
    await new S3(localClientConfig(local().endpoint, REGION)).createBucket({ Bucket: 'counted' });
    const call = { service: 'cloudformation', region: REGION, account: LOCAL_ACCOUNT };
    expect(await local().control.calls()).to.deep.equal([
      { ...call, action: 'ListStacks', mutating: false, count: 2 },
      { ...call, action: 'CreateStack', mutating: true, count: 1 },
      { ...call, service: 's3', action: 'PUT /counted', mutating: true, count: 1 },
    ]);
  });

  it('tells what is emulated and what is recorded, for each stack', async () => {
    const client = cloudFormation(local().endpoint);
    const Resources = { One: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } }, Group: { Type: 'AWS::XRay::Group', Properties: { GroupName: 'x' } } };
    await client.createStack({ StackName: 'covered', TemplateBody: JSON.stringify({ Resources }) });
    await settled(client, 'covered');
    const { types, stacks } = await local().control.coverage();
    expect(types).to.include({ 'AWS::SSM::Parameter': 'emulated', 'AWS::XRay::Group': 'recorded' });
    expect(stacks.find(({ stackName }) => stackName === 'covered')).to.include({ region: REGION, account: LOCAL_ACCOUNT, emulated: 1, recorded: 1, parentId: null });
  });

  it('empties everything', async () => {
    const client = cloudFormation(local().endpoint);
    await client.createStack({ StackName: 'emptied', TemplateBody: notes('One') });
    await client.createStackSet({ StackSetName: 'emptied', TemplateBody: notes('One') });
    await local().control.reset();
    expect((await client.listStacks({})).StackSummaries).to.deep.equal([]);
    expect((await client.listStackSets({})).Summaries).to.deep.equal([]);
  });

  it('refuses what it does not know', async () => {
    const answer = await fetch(`${local().endpoint}/_meridian/moon`);
    expect(answer.status).to.equal(404);
  });

  it('takes the account from the access key', async () => {
    const account = async (id?: string) => (await new STS(localClientConfig(local().endpoint, REGION, id)).getCallerIdentity({})).Account;
    expect([await account(), await account('333333333333')]).to.deep.equal([LOCAL_ACCOUNT, '333333333333']);
  });
});

describe('a local AWS with a state folder', () => {
  it('knows its stack sets, operations and stacks after a restart', async () => {
    const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-state-'));
    const first = await startLocalAws({ stateDir });
    const before = cloudFormation(first.endpoint);
    await before.createStackSet({ StackSetName: 'kept', TemplateBody: notes('One') });
    const { OperationId } = await before.createStackInstances({ StackSetName: 'kept', Accounts: [LOCAL_ACCOUNT], Regions: [REGION] });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await first.stop();
    const second = await startLocalAws({ stateDir });
    const after = cloudFormation(second.endpoint);
    const { StackSetOperation } = await after.describeStackSetOperation({ StackSetName: 'kept', OperationId });
    const { Summaries = [] } = await after.listStackInstances({ StackSetName: 'kept' });
    await second.stop();
    fs.rmSync(stateDir, { recursive: true });
    expect(StackSetOperation).to.include({ Action: 'CREATE', Status: 'FAILED' });
    expect(Summaries).to.have.length(1);
    expect(Summaries[0]?.StatusReason).to.include("should have 'AWSCloudFormationStackSetExecutionRole' role");
  });

  it('tells of an operation that its end interrupted that it failed', async () => {
    const stateDir = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-state-'));
    const first = await startLocalAws({ stateDir });
    const before = cloudFormation(first.endpoint);
    await before.createStackSet({ StackSetName: 'cut', TemplateBody: notes('One'), ...(await makeRoles(before, LOCAL_ACCOUNT)) });
    await new LocalAwsControl(first.endpoint).setPace({ scale: 100 });
    const { OperationId } = await before.createStackInstances({ StackSetName: 'cut', Accounts: [LOCAL_ACCOUNT], Regions: [REGION] });
    await first.stop();
    const second = await startLocalAws({ stateDir });
    const { StackSetOperation } = await cloudFormation(second.endpoint).describeStackSetOperation({ StackSetName: 'cut', OperationId });
    await second.stop();
    fs.rmSync(stateDir, { recursive: true });
    expect(StackSetOperation).to.include({ Status: 'FAILED', StatusReason: 'The local AWS stopped while the operation was under way' });
  });
});
