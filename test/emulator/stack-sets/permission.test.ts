import { expect } from 'chai';
import { conformance, guide, refusal, rule, target } from './conformance';

const PAGE = guide('stacksets-prereqs-self-managed');

conformance('a self-managed stack set', () => {
  rule('deploys only where the execution role exists, and says which role it needs', PAGE, async (subject) => {
    const [first] = target().regions;
    await subject.create({ ExecutionRoleName: 'absent-execution' });
    const operation = await subject.createInstances();
    const expected = `Account ${target().account} should have 'absent-execution' role with trust relationship to Role 'meridian-conformance-administration'.`;
    expect(operation.Status).to.equal('FAILED');
    expect((await subject.results(operation))[first]).to.include({ Status: 'FAILED', StatusReason: expected });
    expect((await subject.instance(first)).StackId).to.equal(undefined);
    await subject.deleteInstances({ RetainStacks: true });
  });

  rule('deploys only when its administration role exists', PAGE, async (subject) => {
    const [first] = target().regions;
    await subject.create({ AdministrationRoleARN: `arn:aws:iam::${target().account}:role/absent-administration` });
    const results = await subject.results(await subject.createInstances());
    expect(results[first]?.StatusReason).to.include("trust relationship to Role 'absent-administration'");
    await subject.deleteInstances({ RetainStacks: true });
  });

  rule('deploys only with an execution role that trusts its administration', PAGE, async (subject) => {
    const [first] = target().regions;
    await subject.create({ ExecutionRoleName: 'meridian-conformance-administration' });
    const results = await subject.results(await subject.createInstances());
    expect(results[first]?.StatusReason).to.include("should have 'meridian-conformance-administration' role");
    await subject.deleteInstances({ RetainStacks: true });
  });

  rule('has no automatic deployment', PAGE, async (subject) => {
    expect(await refusal(subject.create({ AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false } }))).to.include({ name: 'ValidationError', status: 400 });
  });

  rule('has no deployment targets in an organization', PAGE, async (subject) => {
    await subject.create();
    const call = subject.createInstances({ Accounts: undefined, DeploymentTargets: { OrganizationalUnitIds: ['ou-abcd-12345678'] } });
    expect(await refusal(call)).to.include({ name: 'ValidationError', status: 400 });
  });
});
