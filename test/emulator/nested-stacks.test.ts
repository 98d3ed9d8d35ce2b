import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalAwsControl } from '../../src/local-aws';
import { att, AWAY, HOME, output, Rehearsal, ref, type Resource, sub, type Template } from './rehearsal';

const queue = (Properties: Record<string, unknown> = {}, attributes: object = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties, ...attributes });
const nested = (TemplateURL: unknown, Parameters?: object) => ({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, ...(Parameters && { Parameters }) } });

const CHILD: Template = {
  Parameters: { Delay: { Type: 'Number', Default: 5 }, Broken: { Type: 'String', Default: 'no' } },
  Conditions: { Breaks: { 'Fn::Equals': [ref('Broken'), 'yes'] } },
  Resources: {
    Kept: { Type: 'AWS::SNS::Topic' },
    Queue: queue({ DelaySeconds: ref('Delay') }),
    Wrong: queue({ DelaySeconds: 901 }, { Condition: 'Breaks', DependsOn: 'Queue' }),
  },
  Outputs: { QueueName: output(att('Queue', 'QueueName')), TopicArn: output(ref('Kept')) },
};

describe('nested stacks', () => {
  let aws: Rehearsal;
  let child: string;
  before(async () => {
    aws = await Rehearsal.open();
    child = await aws.upload(HOME, 'templates', 'child.json', JSON.stringify(CHILD));
  });
  after(() => aws.close());

  const root = (parameters: object = {}, more: Template['Resources'] = {}): Template => ({
    Resources: { Child: nested(child, parameters), ...more },
    Outputs: { QueueName: output(att('Child', 'Outputs.QueueName')), TopicArn: output(att('Child', 'Outputs.TopicArn')) },
  });
  const childOf = async (stackId: string, logicalId = 'Child') => {
    const { StackResources } = await aws.cloudFormation().describeStackResources({ StackName: stackId });
    return StackResources?.find((resource) => resource.LogicalResourceId === logicalId)?.PhysicalResourceId as string;
  };
  const describe_ = async (stackId: string) => (await aws.cloudFormation().describeStacks({ StackName: stackId })).Stacks?.[0];
  const delays = async () => {
    const { QueueUrls = [] } = JSON.parse(await aws.json('sqs', 'AmazonSQS.ListQueues')) as { QueueUrls?: string[] };
    return Promise.all(QueueUrls.map(async (QueueUrl) => JSON.parse(await aws.json('sqs', 'AmazonSQS.GetQueueAttributes', { QueueUrl, AttributeNames: ['DelaySeconds'] })).Attributes.DelaySeconds as string));
  };

  it('know their parent and give it their outputs', async () => {
    const stack = await aws.create(root());
    expect(stack.outputs['QueueName']).to.match(/-Queue-/);
    const record = await describe_(await childOf(stack.stackId));
    expect(record?.ParentId).to.equal(stack.stackId);
    expect(record?.RootId).to.equal(stack.stackId);
    expect(record?.StackStatus).to.equal('CREATE_COMPLETE');
    await aws.remove(stack);
  });

  it('keep the attributes of unchanged resources through an update', async () => {
    const stack = await aws.create(root());
    const updated = await aws.update(stack, root({ Delay: 9 }));
    expect(updated.status).to.equal('UPDATE_COMPLETE');
    expect(updated.outputs).to.deep.equal(stack.outputs);
    expect(await delays()).to.deep.equal(['9']);
    await aws.remove(stack);
  });

  it('are left alone by an update that does not change them', async () => {
    const stack = await aws.create(root());
    const before = await describe_(await childOf(stack.stackId));
    await aws.update(stack, root({ Delay: '5' }, { More: queue() }));
    expect((await describe_(before?.StackId as string))?.StackStatus).to.equal('CREATE_COMPLETE');
    await aws.remove(stack);
  });

  it('leave nothing behind when a create fails, and stay readable by id with their events', async () => {
    const stack = await aws.create(root({ Broken: 'yes' }));
    expect(stack.status).to.equal('ROLLBACK_COMPLETE');
    expect(stack.reasons).to.match(/Embedded stack arn:aws:cloudformation:\S+ was not successfully created: The following resource\(s\) failed to create: \[Wrong\]\./);
    expect(await delays()).to.deep.equal([]);
    const failed = /Embedded stack (\S+)/.exec(stack.reasons)?.[1] as string;
    const { StackEvents = [] } = await aws.cloudFormation().describeStackEvents({ StackName: failed });
    expect(StackEvents.map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`)).to.include.members(['Wrong CREATE_FAILED', 'Queue DELETE_COMPLETE']);
    expect((await describe_(failed))?.StackStatus).to.equal('DELETE_COMPLETE');
  });

  it('go back, siblings included, when an update fails', async () => {
    const two = (first: object, second: object): Template => ({ Resources: { First: nested(child, first), Second: { ...nested(child, second), DependsOn: 'First' } } });
    const stack = await aws.create(two({ Delay: 1 }, { Delay: 2 }));
    const updated = await aws.update(stack, two({ Delay: 11 }, { Delay: 12, Broken: 'yes' }));
    expect(updated.status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect((await delays()).sort()).to.deep.equal(['1', '2']);
    expect((await describe_(await childOf(stack.stackId, 'Second')))?.StackStatus).to.equal('UPDATE_ROLLBACK_COMPLETE');
    await aws.remove(stack);
    expect(await delays()).to.deep.equal([]);
  });

  it('resolve dynamic references, and respect deletion policies', async () => {
    const url = await aws.upload(HOME, 'templates', 'policies.json', JSON.stringify({
      Resources: {
        Setting: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/nested/copy', Type: 'String', Value: '{{resolve:ssm:/nested/source}}' }, DeletionPolicy: 'Retain' },
        Gone: queue(),
      },
      Outputs: { Value: output(att('Setting', 'Value')) },
    }));
    await aws.create({ Resources: { Source: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/nested/source', Type: 'String', Value: 'from the store' } } } });
    const stack = await aws.create({ Resources: { Child: nested(url) }, Outputs: { Value: output(att('Child', 'Outputs.Value')) } });
    expect(stack.outputs['Value']).to.equal('from the store');
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
    expect(await aws.json('ssm', 'AmazonSSM.GetParameter', { Name: '/nested/copy' })).to.contain('from the store');
    expect(await delays()).to.deep.equal([]);
  });

  const BAD: [string, unknown, string][] = [
    ['a key that does not exist', sub('https://s3.${AWS::Region}.amazonaws.com/templates/nothing.json'), 'S3 error: The specified key does not exist.'],
    ['a bucket that does not exist', 'https://s3.us-east-1.amazonaws.com/nowhere/child.json', 'S3 error: The specified bucket does not exist'],
    ['a bucket of another region', `https://s3.${AWAY}.amazonaws.com/templates/child.json`, 'must be addressed using the specified endpoint'],
    ['an address that is not in S3', 'https://example.com/templates/child.json', 'TemplateURL must be a supported URL.'],
  ];
  for (const [what, url, reason] of BAD) {
    it(`fail for ${what}`, async () => {
      const stack = await aws.create({ Resources: { Child: nested(url) } });
      expect(stack.status).to.equal('ROLLBACK_COMPLETE');
      expect(stack.reasons).to.contain(reason);
    });
  }

  it('are found under both forms of an S3 address', async () => {
    const stack = await aws.create({ Resources: { Child: nested('https://templates.s3.us-east-1.amazonaws.com/child.json') } });
    expect(stack.status).to.equal('CREATE_COMPLETE');
    await aws.remove(stack);
  });

  it('need the parent to acknowledge their IAM resources', async () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
    const url = await aws.upload(HOME, 'templates', 'role.json', JSON.stringify({ Resources: { Role: role } }));
    const stack = await aws.create({ Resources: { Child: nested(url) } }, { capabilities: [] });
    expect(stack.reasons).to.contain('Requires capabilities : [CAPABILITY_IAM]');
  });

  it('take only the parameters that they declare', async () => {
    const stack = await aws.create({ Resources: { Child: nested(child, { Dealy: 1 }) } });
    expect(stack.reasons).to.contain('Parameters: [Dealy] do not exist in the template');
  });

  it('are not made when their template refers to nothing', async () => {
    const url = await aws.upload(HOME, 'templates', 'broken.json', JSON.stringify({ Resources: { Queue: queue({ QueueName: ref('Nobody') }) } }));
    const stack = await aws.create({ Resources: { Child: nested(url) } });
    expect(stack.reasons).to.contain('Unresolved resource dependencies [Nobody]');
  });

  it('stay in a failed rollback until it is continued from their root, which may skip what cannot go back', async () => {
    const control = new LocalAwsControl(aws.local.endpoint);
    const url = await aws.upload(HOME, 'templates', 'rollback.json', JSON.stringify({
      Parameters: { Delay: { Type: 'Number' }, Last: { Type: 'Number' } },
      Resources: {
        First: queue({ DelaySeconds: ref('Delay') }),
        Slow: queue({ DelaySeconds: ref('Delay') }, { DependsOn: 'First' }),
        Last: queue({ DelaySeconds: ref('Last') }, { DependsOn: 'Slow' }),
      },
    }));
    const wired = (Delay: number, Last: number): Template => ({ Resources: { Child: nested(url, { Delay, Last }) } });
    const stack = await aws.create(wired(1, 1));
    const child = await childOf(stack.stackId);

    const hanging = await control.addFault({ target: 'resource', kind: 'hang', logicalId: 'Slow', operation: 'UPDATE' });
    const update = aws.update(stack, wired(2, 901));
    while ((await control.faults()).every((fault) => fault.struck === 0)) {
      await sleep(10);
    }
    await control.addFault({ target: 'resource', kind: 'fail', logicalId: 'First', operation: 'UPDATE', times: 2 });
    await control.removeFaults(hanging.id);
    expect((await update).status).to.equal('UPDATE_ROLLBACK_FAILED');
    expect((await describe_(child))?.StackStatus).to.equal('UPDATE_ROLLBACK_FAILED');

    const go = async (ResourcesToSkip?: string[]) => {
      await aws.cloudFormation().continueUpdateRollback({ StackName: stack.stackId, ResourcesToSkip });
      for (;;) {
        const status = (await describe_(stack.stackId))?.StackStatus;
        if (status !== 'UPDATE_ROLLBACK_IN_PROGRESS') {
          return status;
        }
        await sleep(10);
      }
    };
    expect(await go()).to.equal('UPDATE_ROLLBACK_FAILED');
    const name = child.split('/')[1];
    expect(await go([`${name}.Nobody`]).catch(String)).to.contain('cannot be skipped');
    expect(await go([`${name}.First`])).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect((await describe_(child))?.StackStatus).to.equal('UPDATE_ROLLBACK_COMPLETE');
    await control.removeFaults();
    await aws.remove(stack);
  });
});
