import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { localClientConfig } from '../../src/local-aws';
import { att, AWAY, HOME, type Options, output, Rehearsal, ref, sub, type Template } from './rehearsal';

const QUEUE = { Type: 'AWS::SQS::Queue' };
const role = (properties: object) => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] }, ...properties } });

/** What is wrong, a template with it, and the start of CloudFormation's refusal. */
const REFUSED: [string, Template, string, Options?][] = [
  ['a Ref to nothing', { Resources: { Queue: { ...QUEUE, Properties: { QueueName: ref('Nobody') } } } }, 'ValidationError: Template format error: Unresolved resource dependencies [Nobody] in the Resources block'],
  ['a GetAtt of nothing', { Resources: { Queue: { ...QUEUE, Properties: { QueueName: att('Nobody', 'Arn') } } } }, 'ValidationError: Template format error: Unresolved resource dependencies [Nobody]'],
  ['a GetAtt of an attribute that the type lacks', { Resources: { Queue: QUEUE }, Outputs: { Size: output(att('Queue', 'Size')) } }, 'ValidationError: Template error: resource Queue does not support attribute type Size in Fn::GetAtt'],
  ['a Sub of nothing', { Resources: { Queue: { ...QUEUE, Properties: { QueueName: sub('a-${Nobody.Arn}') } } } }, 'ValidationError: Template format error: Unresolved resource dependencies [Nobody]'],
  ['a DependsOn of nothing', { Resources: { Queue: { ...QUEUE, DependsOn: 'Nobody' } } }, 'ValidationError: Template format error: Unresolved resource dependencies [Nobody]'],
  ['an output of nothing', { Resources: { Queue: QUEUE }, Outputs: { Out: output(ref('Nobody')) } }, 'ValidationError: Template format error: Unresolved resource dependencies [Nobody] in the Outputs block'],
  ['a reference to a resource that its condition leaves out', { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, Resources: { Queue: QUEUE, Other: { ...QUEUE, Condition: 'Never' } }, Outputs: { Out: output(ref('Other')) } }, 'ValidationError: Template format error: Unresolved resource dependencies [Other] in the Outputs block'],
  ['a resource with an unknown condition', { Resources: { Queue: { ...QUEUE, Condition: 'Nobody' } } }, 'ValidationError: Template format error: Unresolved condition dependency Nobody in the Resources block'],
  ['a choice by an unknown condition', { Resources: { Queue: { ...QUEUE, Properties: { QueueName: { 'Fn::If': ['Nobody', 'a', 'b'] } } } } }, 'ValidationError: Template format error: Unresolved condition dependency Nobody in the Resources block'],
  ['a condition that names an unknown one', { Conditions: { A: { Condition: 'Nobody' } }, Resources: { Queue: QUEUE } }, 'ValidationError: Template format error: Unresolved condition dependency Nobody in the Conditions block'],
  ['conditions in a circle', { Conditions: { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { Condition: 'A' } }, Resources: { Queue: QUEUE } }, 'ValidationError: Template format error: Circular dependency in conditions: A -> B -> A'],
  ['an unknown resource type', { Resources: { Thing: { Type: 'AWS::Foo::Bar' } } }, 'ValidationError: Template format error: Unrecognized resource types: [AWS::Foo::Bar]'],
  ['a role without CAPABILITY_IAM', { Resources: { Role: role({}) } }, 'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]', { capabilities: [] }],
  ['a named role with CAPABILITY_IAM alone', { Resources: { Role: role({ RoleName: 'x' }) } }, 'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]', { capabilities: ['CAPABILITY_IAM'] }],
  ['a transform without CAPABILITY_AUTO_EXPAND', { Transform: 'AWS::LanguageExtensions', Resources: { Queue: QUEUE } }, 'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_AUTO_EXPAND]', { capabilities: [] }],
];

const CONDITIONS: Template = {
  Parameters: { Primary: { Type: 'String', Default: HOME }, Letters: { Type: 'CommaDelimitedList', Default: 'a,b' } },
  Mappings: { Regions: { [HOME]: { Role: 'primary' }, [AWAY]: { Role: 'secondary' } } },
  Conditions: {
    ByParameter: { 'Fn::Equals': [ref('AWS::Region'), ref('Primary')] },
    ByMapping: { 'Fn::Equals': [{ 'Fn::FindInMap': ['Regions', ref('AWS::Region'), 'Role'] }, 'primary'] },
    BySub: { 'Fn::Equals': [sub('${AWS::Region}/${AWS::AccountId}'), sub('${Primary}/111111111111')] },
    ByJoin: { 'Fn::Equals': [{ 'Fn::Join': ['-', ['us', 'east', '1']] }, ref('AWS::Region')] },
    BySplit: { 'Fn::Equals': [{ 'Fn::Select': [0, { 'Fn::Split': ['-', ref('AWS::Region')] }] }, 'us'] },
    ByList: { 'Fn::Equals': [{ 'Fn::Select': ['1', ref('Letters')] }, 'b'] },
    Nested: { 'Fn::And': [{ Condition: 'ByParameter' }, { 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'Never' }, { 'Fn::Equals': ['a', 'b'] }] }] }] },
    Never: { 'Fn::Equals': ['a', 'b'] },
  },
  Resources: { Queue: QUEUE },
};

describe('templates', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  for (const [what, template, message, options] of REFUSED) {
    it(`are refused for ${what}, before a stack exists`, async () => {
      expect(await aws.refusal(template, options)).to.satisfy((answer: string) => answer.startsWith(message), message);
    });
  }

  it('are checked on update too', async () => {
    const stack = await aws.create({ Resources: { Queue: QUEUE } });
    const error = await aws.update(stack, { Resources: { Queue: { ...QUEUE, DependsOn: 'Nobody' } } }).then(() => 'accepted', String);
    expect(error).to.contain('Unresolved resource dependencies [Nobody]');
  });

  it('may name a resource that exists only under the same condition', async () => {
    const outcome = await aws.create({
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Queue: QUEUE, Other: { ...QUEUE, Condition: 'Never' } },
      Outputs: { Out: output({ 'Fn::If': ['Never', ref('Other'), 'none'] }) },
    });
    expect(outcome.outputs).to.deep.equal({ Out: 'none' });
  });

  for (const [region, wanted] of [[HOME, 'true'], [AWAY, 'false']] as const) {
    it(`evaluate conditions over region, account, mappings, text and lists in ${region}`, async () => {
      const names = Object.keys(CONDITIONS['Conditions'] as object);
      const outcome = await aws.create({ ...CONDITIONS, Outputs: Object.fromEntries(names.map((name) => [name, output({ 'Fn::If': [name, 'true', 'false'] })])) }, { region });
      expect(outcome.outputs).to.deep.equal({ ...Object.fromEntries(names.map((name) => [name, wanted])), ByList: 'true', Never: 'false' });
    });
  }

  it('take parameters from Parameter Store in their own region, and a changed value there is an update', async () => {
    const put = (region: string, Name: string, Value: string, Type: 'String' | 'StringList' = 'String') =>
      new SSMClient(localClientConfig(aws.local.endpoint, region)).send(new PutParameterCommand({ Name, Value, Type, Overwrite: true }));
    const template: Template = {
      Parameters: {
        Zone: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/wire/Zone' },
        Subnets: { Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>', Default: '/wire/Subnets' },
      },
      Resources: { Queue: { ...QUEUE, Properties: { Tags: [{ Key: 'Zone', Value: ref('Zone') }] } } },
      Outputs: { Zone: output(ref('Zone')), Second: output({ 'Fn::Select': [1, ref('Subnets')] }) },
    };
    for (const region of [HOME, AWAY]) {
      await put(region, '/wire/Zone', `zone-of-${region}`);
      await put(region, '/wire/Subnets', `subnet-1,subnet-2-${region}`, 'StringList');
    }
    const stacks = await Promise.all([HOME, AWAY].map((region) => aws.create(template, { region })));
    expect(stacks.map((stack) => stack.outputs)).to.deep.equal([HOME, AWAY].map((region) => ({ Zone: `zone-of-${region}`, Second: `subnet-2-${region}` })));

    const [stack] = stacks as [(typeof stacks)[0]];
    expect(await aws.update(stack, template).then(() => 'updated', String)).to.contain('No updates are to be performed.');
    await put(HOME, '/wire/Zone', 'moved');
    expect((await aws.update(stack, template)).outputs['Zone']).to.equal('moved');
  });

  it('show a stack its events as CloudFormation does: unchanged resources none, removed ones after the clean-up began', async () => {
    const queue = (seconds: number) => ({ ...QUEUE, Properties: { DelaySeconds: seconds } });
    const stack = await aws.create({ Resources: { Kept: QUEUE, Changed: queue(1), Removed: QUEUE } });
    const name = stack.stackId.split('/')[1];
    const updated = await aws.update(stack, { Resources: { Kept: QUEUE, Changed: queue(2) } });
    expect(updated.events).to.deep.equal([
      `${name} UPDATE_IN_PROGRESS`, 'Changed UPDATE_IN_PROGRESS', 'Changed UPDATE_COMPLETE', `${name} UPDATE_COMPLETE_CLEANUP_IN_PROGRESS`,
      'Removed DELETE_IN_PROGRESS', 'Removed DELETE_COMPLETE', `${name} UPDATE_COMPLETE`,
    ]);
  });

  it('say which resource failed as the reason of a rollback', async () => {
    const outcome = await aws.create({ Resources: { Queue: { ...QUEUE, Properties: { Nope: 1 } } } });
    expect(outcome.statusReason).to.equal('The following resource(s) failed to create: [Queue]. Rollback requested by user.');
  });
});
