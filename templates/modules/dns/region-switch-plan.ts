import type { Handle, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Plan, type PlanProperties } from '../../../src/cfn/generated/arcregionswitch';
import { alarmArn, regionSwitchRole, type RegionSwitchRoleSettings } from './region-switch-role';

/** A plan that starts by itself when the primary region is lost. It may cost writes that were not yet replicated. */
export interface AutomaticSwitch {
  /** Alarm in the secondary region that goes off when the primary is lost. */
  readonly alarm: Name;
  /** Minutes until the alarm may start the plan again. @default 60: a plan that ran twice in an hour needs a person */
  readonly minimumDelayMinutes?: number;
}

/** A plan that makes one of two regions the active one. */
export interface RegionSwitchPlanSettings extends Omit<RegionSwitchRoleSettings, 'alarm'> {
  /** Its part of names; the plan's whole name has at most 32 characters. */
  readonly name: string;
  readonly description: string;
  /** Minutes in which the switch should be done, 1 to 10,080; the plan's reports compare with it. */
  readonly recoveryTimeObjectiveMinutes: number;
  /** Minutes after which a step gives up. @default 20: promotions take minutes, and waiting longer than the objective helps nobody */
  readonly stepTimeoutMinutes?: number;
  /** Percent of the capacity with which a switch away from a lost region goes on. @default 50, because half of it serves better than none */
  readonly minimumCapacityPercent?: number;
  /** What the plan says of its way back to the primary region. @default that the primary's database must be made a replica first */
  readonly wayBack?: string;
  /** @default never: only a person starts the plan */
  readonly automatic?: AutomaticSwitch;
  /** ARN of a role that `regionSwitchRole` made elsewhere, of the same settings. @default one is made here */
  readonly roleArn?: Value<string>;
}

/**
 * A region-switch plan of ARC: it makes the database of the activated region the one that writes and, at the same time, brings its
 * workloads to the strength that the other region had in the last day. A person starts it, in the region that is to be activated,
 * unless `automatic` accepts that an alarm does, which can't tell every outage from which moving the database is the way out. It
 * leaves DNS alone: the health checks of the records move traffic.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html
 */
export function regionSwitchPlan(t: TemplateBuilder<Parameters, unknown>, id: string, settings: RegionSwitchPlanSettings): Handle<'AWS::ARCRegionSwitch::Plan', 'Arn' | string> {
  const { name, description, recoveryTimeObjectiveMinutes, database, workloads, stepTimeoutMinutes = 20, minimumCapacityPercent = 50, automatic } = settings;
  const { wayBack = 'Returns to the primary region, once its database has been made a replica of the secondary’s' } = settings;
  const { primary, secondary } = t.context.regions;
  const activation: Plan.Step = {
    Name: 'activate',
    ExecutionBlockType: 'Parallel',
    ExecutionBlockConfiguration: { ParallelConfig: { Steps: [...(database ? [database.step(stepTimeoutMinutes)] : []), ...workloads.steps({ timeoutMinutes: stepTimeoutMinutes, minimumCapacityPercent })] } },
  };
  const roleArn = settings.roleArn ?? regionSwitchRole(t, `${id}Role`, { name, database, workloads, alarm: automatic?.alarm }).att('Arn');
  return t.add(
    id,
    new Plan({
      Name: t.resourceName(name),
      Description: description,
      ExecutionRole: roleArn,
      RecoveryApproach: 'activePassive',
      PrimaryRegion: primary,
      Regions: [primary, secondary],
      RecoveryTimeObjectiveMinutes: recoveryTimeObjectiveMinutes,
      Workflows: [
        { WorkflowTargetAction: 'activate', WorkflowTargetRegion: secondary, WorkflowDescription: database ? 'Makes the secondary region the one that writes' : 'Gives the secondary region the strength of the primary', Steps: [activation] },
        { WorkflowTargetAction: 'activate', WorkflowTargetRegion: primary, WorkflowDescription: wayBack, Steps: [activation] },
      ],
      ...(automatic && triggered(automatic, secondary)),
    }),
  );
}

/** The alarm that starts the plan for the secondary region. Nothing starts the way back. */
function triggered({ alarm, minimumDelayMinutes = 60 }: AutomaticSwitch, secondary: string): Pick<PlanProperties, 'AssociatedAlarms' | 'Triggers'> {
  return {
    AssociatedAlarms: { 'primary-lost': { AlarmType: 'trigger', ResourceIdentifier: alarmArn(alarm, secondary) } },
    Triggers: [
      {
        Action: 'activate',
        TargetRegion: secondary,
        Description: 'The primary region is lost',
        Conditions: [{ AssociatedAlarmName: 'primary-lost', Condition: 'red' }],
        MinDelayMinutesBetweenExecutions: minimumDelayMinutes,
      },
    ],
  };
}
