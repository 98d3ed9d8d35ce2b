import type { Handle, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Plan, type PlanProperties } from '../../../src/cfn/generated/arcregionswitch';
import { arn } from '../security/policy';
import { serviceRole } from '../security/role';
import { regionSwitchRights } from './region-switch-rights';
import type { SwitchedDatabase } from './switched-database';

/** A service that has the same name in both regions. */
export interface SwitchedService {
  /** Its part of the step's name, for example `frontend`. */
  readonly name: string;
  readonly service: Name;
}

/** A plan that starts by itself when the primary region is lost. It may cost writes that were not yet replicated. */
export interface AutomaticSwitch {
  /** Alarm in the secondary region that goes off when the primary is lost. */
  readonly alarm: Name;
  /** Minutes until the alarm may start the plan again. @default 60: a plan that ran twice in an hour needs a person */
  readonly minimumDelayMinutes?: number;
}

/** A plan that makes one of two regions the active one. */
export interface RegionSwitchPlanSettings {
  /** Its part of names; the plan's whole name has at most 32 characters. */
  readonly name: string;
  readonly description: string;
  /** Minutes in which the switch should be done, 1 to 10,080; the plan's reports compare with it. */
  readonly recoveryTimeObjectiveMinutes: number;
  readonly database: SwitchedDatabase;
  /** Name of the ECS cluster in both regions. */
  readonly cluster: Name;
  readonly services: readonly SwitchedService[];
  /** Minutes after which a step gives up. @default 20: promotions take minutes, and waiting longer than the objective helps nobody */
  readonly stepTimeoutMinutes?: number;
  /** Percent of the tasks with which a switch away from a lost region goes on. @default 50, because half of them serve better than none */
  readonly minimumCapacityPercent?: number;
  /** What the plan says of its way back to the primary region. @default that the primary's database must be made a replica first */
  readonly wayBack?: string;
  /** @default never: only a person starts the plan */
  readonly automatic?: AutomaticSwitch;
}

/**
 * A region-switch plan of ARC: it makes the database of the activated region the one that writes and, at the same time, brings its
 * services to the strength that the other region had in the last day. A person starts it, in the region that is to be activated,
 * unless `automatic` accepts that an alarm does, which can't tell every outage from which moving the database is the way out. It
 * leaves DNS alone: the health checks of the origin's records move traffic.
 *
 * ARC names no source account when it assumes the role; who wants to give the role to another plan needs the right to pass it.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html
 */
export function regionSwitchPlan(t: TemplateBuilder<Parameters, unknown>, id: string, settings: RegionSwitchPlanSettings): Handle<'AWS::ARCRegionSwitch::Plan', 'Arn' | string> {
  const { description, recoveryTimeObjectiveMinutes, database, cluster, services, stepTimeoutMinutes = 20, minimumCapacityPercent = 50, automatic } = settings;
  const { wayBack = 'Returns to the primary region, once its database has been made a replica of the secondary’s' } = settings;
  const { primary, secondary } = t.context.regions;
  const regions = [primary, secondary];
  const name = t.resourceName(settings.name);
  const roleName = t.resourceName(settings.name, 'account');

  const clusterArn = (region: string): Value<string> => arn('ecs', `cluster/${cluster.text}`, { region });
  const serviceArn = (service: Name, region: string): Value<string> => arn('ecs', `service/${cluster.text}/${service.text}`, { region });

  const scaling = ({ name: part, service }: SwitchedService): Plan.Step => ({
    Name: `scale-${part}`,
    ExecutionBlockType: 'ECSServiceScaling',
    ExecutionBlockConfiguration: {
      EcsCapacityIncreaseConfig: {
        // One service in each region: the block takes exactly two.
        Services: regions.map((region) => ({ ClusterArn: clusterArn(region), ServiceArn: serviceArn(service, region) })),
        CapacityMonitoringApproach: 'sampledMaxInLast24Hours',
        TargetPercent: 100,
        TimeoutMinutes: stepTimeoutMinutes,
        Ungraceful: { MinimumSuccessPercentage: minimumCapacityPercent },
      },
    },
  });
  const activation: Plan.Step = {
    Name: 'activate',
    ExecutionBlockType: 'Parallel',
    ExecutionBlockConfiguration: { ParallelConfig: { Steps: [database.step(stepTimeoutMinutes), ...services.map(scaling)] } },
  };

  const role = serviceRole(t, `${id}Role`, {
    name: roleName,
    description: 'Lets ARC promote the database and scale the services of the region that it activates',
    service: 'arc-region-switch.amazonaws.com',
    trustCondition: 'none',
    statements: regionSwitchRights({
      plan: name,
      role: roleName,
      database: database.rights,
      clusterArns: regions.map(clusterArn),
      serviceArns: services.flatMap(({ service }) => regions.map((region) => serviceArn(service, region))),
      alarmArns: automatic ? [alarmArn(automatic.alarm, secondary)] : [],
    }),
  });
  return t.add(
    id,
    new Plan({
      Name: name,
      Description: description,
      ExecutionRole: role.att('Arn'),
      RecoveryApproach: 'activePassive',
      PrimaryRegion: primary,
      Regions: regions,
      RecoveryTimeObjectiveMinutes: recoveryTimeObjectiveMinutes,
      Workflows: [
        { WorkflowTargetAction: 'activate', WorkflowTargetRegion: secondary, WorkflowDescription: 'Makes the secondary region the one that writes', Steps: [activation] },
        { WorkflowTargetAction: 'activate', WorkflowTargetRegion: primary, WorkflowDescription: wayBack, Steps: [activation] },
      ],
      ...(automatic && triggered(automatic, secondary)),
    }),
  );
}

const alarmArn = (alarm: Name, region: string): Value<string> => arn('cloudwatch', `alarm:${alarm.text}`, { region });

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
