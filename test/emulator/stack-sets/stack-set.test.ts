import { expect } from 'chai';
import { api, conformance, guide, refusal, rule, target } from './conformance';
import { parameters, TEMPLATE } from './subject';

const OTHER_TEMPLATE = TEMPLATE.replace('"first"', '"other"');

conformance('a stack set', () => {
  rule('is made without instances and described as it was asked for', api('CreateStackSet'), async (subject) => {
    const id = await subject.create({ Description: 'conformance', Parameters: parameters({ Label: 'second' }), Tags: [{ Key: 'Purpose', Value: 'test' }] });
    const { StackSet } = await subject.cloudFormation.describeStackSet({ StackSetName: subject.name });
    expect(id).to.match(new RegExp(`^${subject.name}:[0-9a-f-]{36}$`));
    expect(StackSet).to.deep.include({ StackSetName: subject.name, StackSetId: id, Status: 'ACTIVE', Description: 'conformance', PermissionModel: 'SELF_MANAGED', TemplateBody: TEMPLATE });
    expect(StackSet?.StackSetARN).to.equal(`arn:aws:cloudformation:${target().home}:${target().account}:stackset/${id}`);
    expect(StackSet?.Tags).to.deep.equal([{ Key: 'Purpose', Value: 'test' }]);
    expect(StackSet?.Parameters).to.deep.include({ ParameterKey: 'Label', ParameterValue: 'second' });
  });

  rule('can be named by its id as well as by its name', api('DescribeStackSet'), async (subject) => {
    const id = await subject.create();
    const { StackSet } = await subject.cloudFormation.describeStackSet({ StackSetName: id });
    expect(StackSet?.StackSetName).to.equal(subject.name);
  });

  rule('is a resource of one region: another region does not know it', guide('stacksets-concepts'), async (subject) => {
    await subject.create();
    const elsewhere = target().cloudFormation('us-east-1');
    expect(await refusal(elsewhere.describeStackSet({ StackSetName: subject.name }))).to.include({ name: 'StackSetNotFoundException', status: 404 });
    const { Summaries = [] } = await elsewhere.listStackSets({ Status: 'ACTIVE' });
    expect(Summaries.map(({ StackSetName }) => StackSetName)).not.to.include(subject.name);
  });

  rule('has a name that no other stack set of the region has', api('CreateStackSet'), async (subject) => {
    await subject.create();
    expect(await refusal(subject.create())).to.include({ name: 'NameAlreadyExistsException', status: 409 });
  });

  rule('is made once by a repeated request with the same token', api('CreateStackSet'), async (subject) => {
    const id = await subject.create({ ClientRequestToken: 'conformance-token' });
    expect(await subject.create({ ClientRequestToken: 'conformance-token' })).to.equal(id);
  });

  rule('is not taken for the one that a repeated request asks for once it was changed', api('CreateStackSet'), async (subject) => {
    await subject.create({ ClientRequestToken: 'conformance-token' });
    await subject.update({ Description: 'changed' });
    expect(await refusal(subject.create({ ClientRequestToken: 'conformance-token' }))).to.include({ name: 'CreatedButModifiedException', status: 409 });
  });

  rule('has a name of letters, digits and hyphens', api('CreateStackSet'), async (subject) => {
    expect(await refusal(subject.create({ StackSetName: 'under_score' }))).to.include({ name: 'ValidationError', status: 400 });
  });

  rule('takes a change even when the operation that brings it fails', api('UpdateStackSet'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    const operation = await subject.update({ TemplateBody: OTHER_TEMPLATE, Parameters: parameters({ FailIn: target().regions[0] }) });
    const { StackSet } = await subject.cloudFormation.describeStackSet({ StackSetName: subject.name });
    expect(operation.Status).to.equal('FAILED');
    expect(StackSet?.TemplateBody).to.equal(OTHER_TEMPLATE);
  });

  rule('keeps its tags in an update without tags, and loses them in one with an empty list', api('UpdateStackSet'), async (subject) => {
    await subject.create({ Tags: [{ Key: 'Purpose', Value: 'test' }] });
    await subject.update();
    const kept = await subject.cloudFormation.describeStackSet({ StackSetName: subject.name });
    await subject.update({ Tags: [] });
    const lost = await subject.cloudFormation.describeStackSet({ StackSetName: subject.name });
    expect(kept.StackSet?.Tags).to.have.length(1);
    expect(lost.StackSet?.Tags ?? []).to.have.length(0);
  });

  rule('is not deleted while it has instances', api('DeleteStackSet'), async (subject) => {
    await subject.create();
    await subject.createInstances();
    expect(await refusal(subject.cloudFormation.deleteStackSet({ StackSetName: subject.name }))).to.include({ name: 'StackSetNotEmptyException', status: 409 });
  });

  rule('is listed as deleted, and its name is free, once it was deleted', api('ListStackSets'), async (subject) => {
    const id = await subject.create();
    await subject.cloudFormation.deleteStackSet({ StackSetName: subject.name });
    const { Summaries = [] } = await subject.cloudFormation.listStackSets({ Status: 'DELETED', MaxResults: 100 });
    expect(Summaries.map(({ StackSetId }) => StackSetId)).to.include(id);
    expect(await subject.create()).not.to.equal(id);
  });

  rule('that does not exist is not found', api('DescribeStackSet'), async (subject) => {
    const nothing = { StackSetName: subject.name };
    for (const call of [subject.cloudFormation.describeStackSet(nothing), subject.update(), subject.createInstances(), subject.cloudFormation.listStackInstances(nothing)]) {
      expect(await refusal(call)).to.include({ name: 'StackSetNotFoundException', status: 404 });
    }
  });
});
