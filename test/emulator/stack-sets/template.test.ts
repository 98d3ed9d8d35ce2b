import { expect } from 'chai';
import { api, conformance, guide, refusal, rule, target } from './conformance';
import { parameters, type Subject, TEMPLATE } from './subject';

/** {@link TEMPLATE} grown to a number of bytes by its description. */
function templateOf(bytes: number): string {
  const grown = (filler: number): string => JSON.stringify({ Description: 'd', Metadata: { Filler: 'x'.repeat(filler) }, ...(JSON.parse(TEMPLATE) as object) });
  return grown(bytes - Buffer.byteLength(grown(0)));
}

/** Puts a template into a bucket of the stack set's region for the time of a proof, which gets its URL. */
async function uploaded(subject: Subject, body: string, proof: (url: string) => Promise<void>): Promise<void> {
  const [s3, Bucket, Key] = [target().s3(), subject.name, 'template.json'];
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'ap-southeast-1' } });
  await s3.putObject({ Bucket, Key, Body: body });
  try {
    await proof(`https://s3.${target().home}.amazonaws.com/${Bucket}/${Key}`);
  } finally {
    await s3.deleteObject({ Bucket, Key });
    await s3.deleteBucket({ Bucket });
  }
}

const ROLE = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } };
const NAMED_ROLE = { ...ROLE, Properties: { ...ROLE.Properties, RoleName: 'conformance' } };
const template = (resource: object, more: object = {}): string => JSON.stringify({ ...more, Resources: { One: resource } });

conformance("a stack set's template and parameters", () => {
  rule('may have 51,200 bytes in a request and not one more', api('CreateStackSet'), async (subject) => {
    expect(await refusal(subject.create({ TemplateBody: templateOf(51_201) }))).to.include({ name: 'ValidationError', status: 400 });
    await subject.create({ TemplateBody: templateOf(51_200) });
  });

  rule('may have more than 51,200 bytes behind a URL, and deploy as any other', api('CreateStackSet'), (subject) =>
    uploaded(subject, templateOf(460_800), async (TemplateURL) => {
      await subject.create({ TemplateBody: undefined, TemplateURL });
      expect(await subject.createInstances()).to.include({ Status: 'SUCCEEDED' });
    }),
  );

  rule('may not have more than 1 MB behind a URL', guide('cloudformation-limits'), (subject) =>
    uploaded(subject, templateOf(1_048_577), async (TemplateURL) => {
      expect(await refusal(subject.create({ TemplateBody: undefined, TemplateURL }))).to.include({ name: 'ValidationError', status: 400 });
    }),
  );

  rule('come from a body or a URL, not from both and not from neither', api('CreateStackSet'), async (subject) => {
    expect(await refusal(subject.create({ TemplateBody: undefined }))).to.include({ name: 'ValidationError', status: 400 });
    expect(await refusal(subject.create({ TemplateURL: 'https://s3.us-east-1.amazonaws.com/absent/absent.json' }))).to.include({ name: 'ValidationError' });
  });

  rule('are refused when they are no template', api('CreateStackSet'), async (subject) => {
    expect(await refusal(subject.create({ TemplateBody: '{"Resources": ' }))).to.include({ name: 'ValidationError' });
    expect(await refusal(subject.create({ TemplateBody: '{"Description": "nothing"}' }))).to.include({ name: 'ValidationError' });
  });

  rule('need a value for each parameter without a default', guide('parameters-section-structure'), async (subject) => {
    const TemplateBody = JSON.stringify({ ...(JSON.parse(TEMPLATE) as object), Parameters: { ...(JSON.parse(TEMPLATE) as { Parameters: object }).Parameters, Needed: { Type: 'String' } } });
    expect((await refusal(subject.create({ TemplateBody }))).message).to.equal('Parameters: [Needed] must have values');
    await subject.create();
    expect((await refusal(subject.update({ TemplateBody }))).message).to.equal('Parameters: [Needed] must have values');
  });

  rule('take no value for a parameter that the template lacks', guide('parameters-section-structure'), async (subject) => {
    expect((await refusal(subject.create({ Parameters: [{ ParameterKey: 'Absent', ParameterValue: 'x' }] }))).message).to.equal('Parameters: [Absent] do not exist in the template');
  });

  rule('keep a value that an update asks to keep, and forget one it does not mention', api('UpdateStackSet'), async (subject) => {
    await subject.create({ Parameters: parameters({ Label: 'kept', FailIn: 'forgotten' }) });
    await subject.update({ Parameters: [{ ParameterKey: 'Label', UsePreviousValue: true }] });
    const { StackSet } = await subject.cloudFormation.describeStackSet({ StackSetName: subject.name });
    expect(StackSet?.Parameters).to.deep.include({ ParameterKey: 'Label', ParameterValue: 'kept' });
    expect(StackSet?.Parameters?.map(({ ParameterValue }) => ParameterValue)).not.to.include('forgotten');
  });

  rule('need IAM resources to be acknowledged', api('CreateStackSet'), async (subject) => {
    for (const [resource, capability] of [[ROLE, 'CAPABILITY_IAM'], [NAMED_ROLE, 'CAPABILITY_NAMED_IAM']] as const) {
      expect(await refusal(subject.create({ TemplateBody: template(resource) }))).to.include({ name: 'InsufficientCapabilitiesException', status: 400, message: `Requires capabilities : [${capability}]` });
    }
    await subject.create({ TemplateBody: template(NAMED_ROLE), Capabilities: ['CAPABILITY_NAMED_IAM'] });
  });

  rule('need macros to be acknowledged', api('CreateStackSet'), async (subject) => {
    const TemplateBody = template({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } }, { Transform: 'AWS::LanguageExtensions' });
    expect(await refusal(subject.create({ TemplateBody }))).to.include({ name: 'InsufficientCapabilitiesException', status: 400 });
  });

  rule('hold no macro under service-managed permissions', api('CreateStackSet'), async (subject) => {
    const TemplateBody = template({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } }, { Transform: 'AWS::Serverless-2016-10-31' });
    const managed = { PermissionModel: 'SERVICE_MANAGED', AutoDeployment: { Enabled: false }, AdministrationRoleARN: undefined, ExecutionRoleName: undefined, Capabilities: ['CAPABILITY_AUTO_EXPAND'] } as const;
    expect((await refusal(subject.create({ ...managed, TemplateBody, Capabilities: [...managed.Capabilities] }))).message).to.equal('Transform is not supported in SERVICE_MANAGED permission model');
  });

  rule('hold no nested stack under service-managed permissions', guide('stacksets-orgs-associate-stackset-with-org'), async (subject) => {
    const nested = { PermissionModel: 'SERVICE_MANAGED', AutoDeployment: { Enabled: false }, AdministrationRoleARN: undefined, ExecutionRoleName: undefined } as const;
    expect(await refusal(subject.create(nested))).to.include({ name: 'ValidationError', status: 400 });
  });
});
