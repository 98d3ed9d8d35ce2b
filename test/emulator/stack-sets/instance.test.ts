import { expect } from 'chai';
import { api, conformance, guide, refusal, rule, target } from './conformance';
import { parameters, TEMPLATE } from './subject';

conformance('a stack instance', () => {
  rule('stands for a stack in its own region, named after the stack set', guide('stacksets-concepts'), async (subject) => {
    await subject.create({ Tags: [{ Key: 'Purpose', Value: 'test' }] });
    const operation = await subject.createInstances();
    expect(operation).to.include({ Action: 'CREATE', Status: 'SUCCEEDED' });
    for (const region of target().regions) {
      const { StackInstance } = await subject.cloudFormation.describeStackInstance({ StackSetName: subject.name, StackInstanceAccount: target().account, StackInstanceRegion: region });
      expect(StackInstance).to.deep.include({ Status: 'CURRENT', StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' }, DriftStatus: 'NOT_CHECKED', LastOperationId: operation.OperationId });
      const { Stacks: [stack] = [] } = await target().cloudFormation(region).describeStacks({ StackName: StackInstance?.StackId });
      expect(stack?.StackStatus).to.equal('CREATE_COMPLETE');
      expect(stack?.StackName).to.match(new RegExp(`^StackSet-${subject.name}-[0-9a-f-]{36}$`));
      expect(stack?.Tags).to.deep.include({ Key: 'Purpose', Value: 'test' });
    }
  });

  rule('that does not exist is not found, and can not be updated', api('UpdateStackSet'), async (subject) => {
    await subject.create();
    await subject.createInstances({ Regions: [target().regions[0]] });
    const absent = { StackSetName: subject.name, StackInstanceAccount: target().account, StackInstanceRegion: target().regions[1] };
    const targets = { StackSetName: subject.name, ...subject.everywhere };
    for (const call of [subject.cloudFormation.describeStackInstance(absent), subject.startUpdate(targets), subject.cloudFormation.updateStackInstances(targets)]) {
      expect(await refusal(call)).to.include({ name: 'StackInstanceNotFoundException', status: 404 });
    }
  });

  rule('that does not exist is no obstacle to a deletion', api('DeleteStackInstances'), async (subject) => {
    await subject.create();
    expect(await subject.deleteInstances()).to.include({ Status: 'SUCCEEDED' });
  });

  rule('is outdated after a change of parameters that did not reach it', api('UpdateStackSet'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    await subject.update({ Accounts: [target().account], Regions: [target().regions[0]], Parameters: parameters({ Label: 'changed' }), OperationPreferences: undefined });
    expect((await subject.instance(target().regions[0])).Status).to.equal('CURRENT');
    expect((await subject.instance(target().regions[1])).Status).to.equal('OUTDATED');
    expect(await subject.deployedParameter(target().regions[0], 'Label')).to.equal('changed');
    expect(await subject.deployedParameter(target().regions[1], 'Label')).to.equal('first');
  });

  rule('keeps its status through an update elsewhere that changes neither template nor parameters', api('UpdateStackSet'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    await subject.update({ Accounts: [target().account], Regions: [target().regions[0]], Description: 'changed', OperationPreferences: undefined });
    expect((await subject.instance(target().regions[1])).Status).to.equal('CURRENT');
  });

  rule('is current after an update that changes nothing in its stack', guide('using-cfn-updating-stacks'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    const operation = await subject.update({ TemplateBody: TEMPLATE });
    expect(operation.Status).to.equal('SUCCEEDED');
    expect((await subject.instance(target().regions[0])).Status).to.equal('CURRENT');
  });

  rule('whose parameter is overridden keeps it through updates of the stack set', api('CreateStackInstances'), async (subject) => {
    await subject.create();
    await subject.createInstances({ Regions: [target().regions[0]], ParameterOverrides: parameters({ Label: 'override' }), OperationPreferences: undefined });
    await subject.createInstances({ Regions: [target().regions[1]], OperationPreferences: undefined });
    await subject.update({ Parameters: parameters({ Label: 'changed' }) });
    expect(await subject.deployedParameter(target().regions[0], 'Label')).to.equal('override');
    expect(await subject.deployedParameter(target().regions[1], 'Label')).to.equal('changed');
  });

  rule('goes back to the value of the stack set when a list of overrides leaves the parameter out', api('UpdateStackInstances'), async (subject) => {
    const one = { Regions: [target().regions[0]], Accounts: [target().account], StackSetName: subject.name };
    await subject.create();
    await subject.createInstances({ ...one, ParameterOverrides: parameters({ Label: 'override' }), OperationPreferences: undefined });
    await subject.ended(subject.cloudFormation.updateStackInstances(one));
    expect(await subject.deployedParameter(target().regions[0], 'Label')).to.equal('override');
    await subject.ended(subject.cloudFormation.updateStackInstances({ ...one, ParameterOverrides: [] }));
    expect(await subject.deployedParameter(target().regions[0], 'Label')).to.equal('first');
  });

  rule('overrides only parameters of the template', api('UpdateStackInstances'), async (subject) => {
    await subject.create();
    await subject.createInstances({ Regions: [target().regions[0]], OperationPreferences: undefined });
    const call = subject.cloudFormation.updateStackInstances({ StackSetName: subject.name, Accounts: [target().account], Regions: [target().regions[0]], ParameterOverrides: [{ ParameterKey: 'Absent', ParameterValue: 'x' }] });
    expect(await refusal(call)).to.include({ name: 'ValidationError', status: 400 });
  });

  rule('overrides a parameter new to the template only after it was updated with it', api('UpdateStackInstances'), async (subject) => {
    const [first, second] = target().regions;
    const withNew = JSON.parse(TEMPLATE) as { Parameters: Record<string, object> };
    withNew.Parameters['Added'] = { Type: 'String', Default: 'a' };
    await subject.create();
    await subject.createInstances();
    await subject.update({ TemplateBody: JSON.stringify(withNew), Accounts: [target().account], Regions: [first], OperationPreferences: undefined });
    const override = (region: string) =>
      subject.cloudFormation.updateStackInstances({ StackSetName: subject.name, Accounts: [target().account], Regions: [region], ParameterOverrides: [{ ParameterKey: 'Added', ParameterValue: 'b' }] });
    expect(await refusal(override(second))).to.include({ name: 'ValidationError', status: 400 });
    expect(await subject.ended(override(first))).to.include({ Status: 'SUCCEEDED' });
  });

  rule('leaves with its stack, or without it when stacks are retained', api('DeleteStackInstances'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    const [deleted, kept] = [await subject.instance(target().regions[0]), await subject.instance(target().regions[1])];
    await subject.deleteInstances({ Regions: [target().regions[0]] });
    await subject.deleteInstances({ Regions: [target().regions[1]], RetainStacks: true });
    const status = async (region: string, id: string | undefined) => (await target().cloudFormation(region).describeStacks({ StackName: id })).Stacks?.[0]?.StackStatus;
    expect(await status(target().regions[0], deleted.StackId)).to.equal('DELETE_COMPLETE');
    expect(await status(target().regions[1], kept.StackId)).to.equal('CREATE_COMPLETE');
    expect((await subject.cloudFormation.listStackInstances({ StackSetName: subject.name })).Summaries).to.have.length(0);
    await target().cloudFormation(target().regions[1]).deleteStack({ StackName: kept.StackId });
  });

  rule('is inoperable after a failed deletion, left out of updates, and goes when its deletion is repeated', api('StackInstance'), async (subject) => {
    const [region] = target().regions;
    await subject.create();
    await subject.createInstances({ Regions: [region], OperationPreferences: undefined });
    const { StackId } = await subject.instance(region);
    const inRegion = target().cloudFormation(region);
    await inRegion.updateTerminationProtection({ StackName: StackId, EnableTerminationProtection: true });
    const failed = await subject.deleteInstances({ Regions: [region] });
    const instance = await subject.instance(region);
    const update = await subject.update({ Parameters: parameters({ Label: 'changed' }), OperationPreferences: undefined });
    const results = await subject.results(update);
    await inRegion.updateTerminationProtection({ StackName: StackId, EnableTerminationProtection: false });
    expect(failed.Status).to.equal('FAILED');
    expect(instance).to.deep.include({ Status: 'INOPERABLE', StackInstanceStatus: { DetailedStatus: 'INOPERABLE' } });
    expect(results).to.deep.equal({});
    expect(await subject.deleteInstances({ Regions: [region] })).to.include({ Status: 'SUCCEEDED' });
  });

  rule('is listed by account, region and detailed status', api('ListStackInstances'), async (subject) => {
    await subject.create();
    await subject.createInstances({ OperationPreferences: { RegionOrder: [...target().regions] }, ParameterOverrides: parameters({ FailIn: target().regions[1] }) });
    const listed = async (filter: object) => ((await subject.cloudFormation.listStackInstances({ StackSetName: subject.name, ...filter })).Summaries ?? []).map(({ Region }) => Region);
    expect(await listed({ StackInstanceRegion: target().regions[0] })).to.deep.equal([target().regions[0]]);
    expect(await listed({ StackInstanceAccount: '999999999999' })).to.deep.equal([]);
    expect(await listed({ Filters: [{ Name: 'DETAILED_STATUS', Values: 'FAILED' }] })).to.deep.equal([target().regions[1]]);
  });
});
