import { DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { StackEvents } from '../../src/rollout/stack-events';
import { Target } from '../../src/rollout/target';

const root = 'arn:aws:cloudformation:us-east-1:111111111111:stack/root/1';
const data = 'arn:aws:cloudformation:us-east-1:111111111111:stack/data/2';
const start = new Date('2026-01-01T00:00:00Z');

let count = 0;
const event = (stack: string, LogicalResourceId: string, ResourceStatus: string, more: Partial<StackEvent> = {}): StackEvent => ({
  StackId: stack, StackName: 's', EventId: String(++count), LogicalResourceId, ResourceStatus: ResourceStatus as StackEvent['ResourceStatus'], ResourceType: 'AWS::SQS::Queue', Timestamp: new Date(start.getTime() + count * 1000), ...more,
});
const stackEvent = (stack: string, status: string) => event(stack, 'self', status, { PhysicalResourceId: stack, ResourceType: 'AWS::CloudFormation::Stack' });

describe('reading the events of nested stacks', () => {
  const target = new Target({ kind: 'local', endpoint: 'http://127.0.0.1:1' });
  const service = mockClient(target.in('us-east-1').cloudFormation);
  beforeEach(() => service.reset());
  after(() => target.close());
  const answer = (stack: string, ...pages: StackEvent[][]) =>
    pages.forEach((page, index) =>
      service.on(DescribeStackEventsCommand, { StackName: stack, ...(index > 0 && { NextToken: String(index) }) }).resolves({ StackEvents: page, ...(index < pages.length - 1 && { NextToken: String(index + 1) }) }),
    );
  const watch = () => new StackEvents(target, 'us-east-1', root, start);
  const names = (events: readonly { path: readonly string[]; logicalId: string }[]) => events.map(({ path, logicalId }) => [...path, logicalId].join('/'));

  it('follows nested stacks by their id and tells each event once, whatever is repeated, over any number of pages', async () => {
    const begun = stackEvent(root, 'CREATE_IN_PROGRESS');
    const nested = event(root, 'Data', 'CREATE_IN_PROGRESS', { PhysicalResourceId: data, ResourceType: 'AWS::CloudFormation::Stack' });
    const queue = event(data, 'Queue', 'CREATE_COMPLETE');
    answer(root, [nested], [begun]);
    answer(data, [queue]);
    const events = watch();
    expect(names(await events.read())).to.deep.equal(['self', 'Data', 'Data/Queue']);
    expect(await events.read()).to.deep.equal([]);
    answer(root, [stackEvent(root, 'CREATE_COMPLETE'), nested, nested, begun]);
    expect(names(await events.read())).to.deep.equal(['self']);
    expect(events.ended).to.equal(true);
  });

  it('finds a nested stack that failed before its parent knew its id', async () => {
    answer(root, [event(root, 'Data', 'CREATE_FAILED', { ResourceType: 'AWS::CloudFormation::Stack', ResourceStatusReason: `Embedded stack ${data} was not successfully created: …` })]);
    answer(data, [event(data, 'Queue', 'CREATE_FAILED')]);
    expect(names(await watch().read())).to.deep.equal(['Data', 'Data/Queue']);
  });

  it('leaves out what an earlier operation did, and asks for no older page', async () => {
    const old = event(root, 'Old', 'UPDATE_COMPLETE', { Timestamp: new Date(start.getTime() - 1) });
    answer(root, [event(root, 'New', 'UPDATE_COMPLETE'), old], [event(root, 'Older', 'UPDATE_COMPLETE', { Timestamp: new Date(0) })]);
    expect(names(await watch().read())).to.deep.equal(['New']);
    expect(service.commandCalls(DescribeStackEventsCommand)).to.have.length(1);
  });

  it('goes on reading while an update cleans up', async () => {
    const events = watch();
    answer(root, [stackEvent(root, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')]);
    await events.read();
    expect(events.ended).to.equal(false);
  });
});
