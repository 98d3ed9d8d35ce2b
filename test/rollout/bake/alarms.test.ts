import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand, type DescribeAlarmsCommandInput } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { alarmsInState, alarmsOf, describeAlarm } from '../../../src/rollout/bake/alarms';
import { Target } from '../../../src/rollout/target';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const account = '111111111111';
const region = 'us-east-1';

describe('the alarms of a system', () => {
  const target = new Target({ kind: 'aws', account });
  const stacks = mockClient(target.in(region).cloudFormation);
  const watch = mockClient(target.in(region).cloudWatch);
  beforeEach(() => [stacks, watch].forEach((mock) => mock.reset()));
  after(() => target.close());
  const summary = { LogicalResourceId: 'x', LastUpdatedTimestamp: new Date(0), ResourceStatus: 'CREATE_COMPLETE' as const };

  it('are found in nested stacks and on all pages, of both kinds, and not once they are deleted', async () => {
    stacks.on(ListStackResourcesCommand, { StackName: 'root' }).resolves({
      StackResourceSummaries: [{ ...summary, ResourceType: 'AWS::CloudFormation::Stack', PhysicalResourceId: 'nested' }],
      NextToken: 'more',
    });
    stacks.on(ListStackResourcesCommand, { StackName: 'root', NextToken: 'more' }).resolves({
      StackResourceSummaries: [
        { ...summary, ResourceType: 'AWS::CloudWatch::Alarm', PhysicalResourceId: 'errors' },
        { ...summary, ResourceType: 'AWS::CloudWatch::Alarm', PhysicalResourceId: 'old', ResourceStatus: 'DELETE_COMPLETE' },
      ],
    });
    stacks.on(ListStackResourcesCommand, { StackName: 'nested' }).resolves({ StackResourceSummaries: [{ ...summary, ResourceType: 'AWS::CloudWatch::CompositeAlarm', PhysicalResourceId: 'any' }] });
    expect(await alarmsOf(target, [{ stackSet: 's', account, region, stackId: 'root' }])).to.deep.equal([{ account, region, names: ['errors', 'any'] }]);
  });

  it('are asked for a hundred at a time, and every page of the answer counts', async () => {
    const since = new Date('2026-11-22T20:00:00Z');
    const asked: unknown[] = [];
    watch.on(DescribeAlarmsCommand).callsFake(({ AlarmNames, AlarmTypes, NextToken }: DescribeAlarmsCommandInput) => {
      asked.push([AlarmNames?.length, AlarmTypes?.join(), NextToken]);
      if (AlarmNames?.length !== 100) return { MetricAlarms: [] };
      if (NextToken) return { CompositeAlarms: [{ AlarmName: 'a2', StateReason: 'hot too', StateUpdatedTimestamp: since }] };
      return { MetricAlarms: [{ AlarmName: 'a1', StateReason: 'hot', StateTransitionedTimestamp: since }], NextToken: 'more' };
    });
    const names = Array.from({ length: 150 }, (_, index) => `a${index}`);
    const found = await alarmsInState(target, [{ account, region, names }]);
    expect(found.map(describeAlarm)).to.deep.equal(['a1 in us-east-1 since 2026-11-22T20:00:00.000Z: hot', 'a2 in us-east-1 since 2026-11-22T20:00:00.000Z: hot too']);
    const both = 'MetricAlarm,CompositeAlarm';
    expect(asked).to.deep.equal([[100, both, undefined], [100, both, 'more'], [50, both, undefined]]);
  });
});
