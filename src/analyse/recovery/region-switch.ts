import { MeridianError } from '../../errors';
import type { Value, ValueObject } from '../../resolve';
import { elementsOf, objectAt, type PlacedResource, type SystemIndex } from '../system-index';
import { alarmSeconds } from './detection';

/** What the region-switch plans need to activate a region. */
export interface SwitchTime {
  /** Id of the slowest: `EdgeDns/RegionSwitch`. */
  readonly plan: string;
  /** Seconds after which the last of its steps has succeeded or given up. */
  readonly seconds: number;
  /** Seconds until alarms have started all of them. Absent when only a person does. */
  readonly startedAfterSeconds?: number;
}

/**
 * The worst case of the plans that activate a region: steps one after the other add up, of parallel ones the longest counts, and so it does
 * of several plans, which are started together.
 * @returns undefined when no plan activates the region
 * @throws MeridianError for a step that may take any time, and for a trigger on an alarm that the system does not have
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-execution-blocks.html
 */
export function switchTime(index: SystemIndex, region: string): SwitchTime | undefined {
  const plans = index.ofType('AWS::ARCRegionSwitch::Plan').flatMap((plan) => {
    const workflow = elementsOf(plan.properties['Workflows']).find(({ WorkflowTargetAction, WorkflowTargetRegion = region }) => WorkflowTargetAction === 'activate' && WorkflowTargetRegion === region);
    return workflow ? [{ plan: plan.id, seconds: stepsMinutes(plan.id, workflow['Steps']) * 60, startedAfterSeconds: startedAfter(index, plan, region) }] : [];
  });
  const slowest = plans.reduce<(typeof plans)[number] | undefined>((found, each) => (found && found.seconds >= each.seconds ? found : each), undefined);
  if (!slowest) return undefined;
  const { plan, seconds } = slowest;
  const started = plans.flatMap(({ startedAfterSeconds }) => startedAfterSeconds ?? []);
  return { plan, seconds, ...(started.length === plans.length && { startedAfterSeconds: Math.max(...started) }) };
}

const stepsMinutes = (plan: string, steps: Value | undefined): number => elementsOf(steps).reduce((sum, step) => sum + stepMinutes(plan, step), 0);

function stepMinutes(plan: string, step: ValueObject): number {
  const configuration = objectAt(step, 'ExecutionBlockConfiguration');
  const parallel = configuration['ParallelConfig'];
  if (parallel !== undefined) return Math.max(0, ...elementsOf(objectAt(configuration, 'ParallelConfig')['Steps']).map((each) => stepMinutes(plan, each)));
  const [block] = Object.values(configuration) as readonly ValueObject[];
  const minutes = Number(block?.['TimeoutMinutes']);
  if (Number.isNaN(minutes)) throw new MeridianError(`Step ${String(step['Name'])} of ${plan}: it has no TimeoutMinutes, so that nobody can say when the plan is done. Give the step a time-out.`, 2);
  return minutes;
}

/** Conditions of a trigger must all hold: the slowest alarm counts; of several triggers the quickest. */
function startedAfter(index: SystemIndex, plan: PlacedResource, region: string): number | undefined {
  const triggers = elementsOf(plan.properties['Triggers']).filter(({ Action, TargetRegion }) => Action === 'activate' && TargetRegion === region);
  const associated = objectAt(plan.properties, 'AssociatedAlarms');
  const seconds = triggers.map(({ Conditions }) =>
    Math.max(...elementsOf(Conditions).map(({ AssociatedAlarmName }) => alarmSeconds(alarmOf(index, plan.id, objectAt(associated, String(AssociatedAlarmName))['ResourceIdentifier'])))),
  );
  return seconds.length > 0 ? Math.min(...seconds) : undefined;
}

function alarmOf(index: SystemIndex, plan: string, arn: Value | undefined): PlacedResource {
  // The account in the ARN may be unknown, the name is not.
  const [, name] = /:alarm:([^"\\]+)/.exec(JSON.stringify(arn) ?? '') ?? [];
  const alarm = index.ofType('AWS::CloudWatch::Alarm').find(({ properties }) => properties['AlarmName'] === name);
  if (!alarm) throw new MeridianError(`Trigger of ${plan}: no alarm of the system is called ${name ?? 'so'}, so that nothing would start the plan. Name one that stands.`, 2);
  return alarm;
}
