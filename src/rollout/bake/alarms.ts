import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { paginateDescribeAlarms, type CompositeAlarm, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { StandingRoot } from '../standing-roots';
import type { Target } from '../target';
import { nestedStackType } from '../template';

/** The alarms of a system in one account and region, by name. */
export interface AlarmSet {
  readonly account: string;
  readonly region: string;
  readonly names: readonly string[];
}

/** An alarm that is in the state ALARM. */
export interface AlarmInState {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly since?: Date;
  /** CloudWatch's words. */
  readonly reason: string;
}

/** DescribeAlarms takes this many names. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const namesPerCall = 100;
const alarmTypes = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

/** The alarms that some root stacks and the stacks nested in them hold, by account and region; no entry where there is none. */
export async function alarmsOf(target: Target, roots: readonly StandingRoot[]): Promise<AlarmSet[]> {
  const found = await Promise.all(roots.map(async ({ account, region, stackId }) => ({ account, region, names: await namesIn(target.of(account), region, stackId) })));
  const sets = new Map<string, AlarmSet>();
  for (const { account, region, names } of found) {
    const known = sets.get(`${account} ${region}`)?.names ?? [];
    if (names.length > 0) sets.set(`${account} ${region}`, { account, region, names: [...known, ...names] });
  }
  return [...sets.values()];
}

async function namesIn(target: Target, region: string, stackId: string): Promise<string[]> {
  const names: string[] = [];
  const nested: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client: target.in(region).cloudFormation }, { StackName: stackId })) {
    for (const { ResourceType = '', PhysicalResourceId: id, ResourceStatus = '' } of StackResourceSummaries) {
      if (!id || ResourceStatus === 'DELETE_COMPLETE') continue;
      if (alarmTypes.includes(ResourceType)) names.push(id);
      if (ResourceType === nestedStackType) nested.push(id);
    }
  }
  return [...names, ...(await Promise.all(nested.map((id) => namesIn(target, region, id)))).flat()];
}

/** Of some alarms those in the state ALARM. One without enough data is not. */
export async function alarmsInState(target: Target, sets: readonly AlarmSet[]): Promise<AlarmInState[]> {
  return (await Promise.all(sets.map((set) => inAlarm(target, set)))).flat();
}

async function inAlarm(target: Target, { account, region, names }: AlarmSet): Promise<AlarmInState[]> {
  const client = target.of(account).in(region).cloudWatch;
  const found: AlarmInState[] = [];
  for (let at = 0; at < names.length; at += namesPerCall) {
    const asked = { AlarmNames: names.slice(at, at + namesPerCall), AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const], StateValue: 'ALARM' as const, MaxRecords: namesPerCall };
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of paginateDescribeAlarms({ client }, asked)) {
      for (const alarm of [...MetricAlarms, ...CompositeAlarms]) found.push(stateOf(alarm, account, region));
    }
  }
  return found;
}

function stateOf(alarm: MetricAlarm | CompositeAlarm, account: string, region: string): AlarmInState {
  const since = alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;
  return { account, region, name: alarm.AlarmName ?? '', ...(since && { since }), reason: alarm.StateReason ?? 'CloudWatch gives no reason' };
}

/** An alarm in words: `shop-errors in us-east-1 since 2026-11-22T20:41:07.000Z: Threshold crossed`. */
export function describeAlarm({ name, region, since, reason }: AlarmInState): string {
  return `${name} in ${region}${since ? ` since ${since.toISOString()}` : ''}: ${reason}`;
}
