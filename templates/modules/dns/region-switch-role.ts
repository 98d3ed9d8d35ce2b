import type { Handle, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { arn } from '../security/policy';
import { serviceRole } from '../security/role';
import { regionSwitchRights } from './region-switch-rights';
import type { ScaledWorkloads } from './scaled-workloads';
import type { SwitchedDatabase } from './switched-database';

/** Whose role it is, and what its plan does. */
export interface RegionSwitchRoleSettings {
  /** The plan's part of names. */
  readonly name: string;
  /** @default none: the plan only scales, beside one that moves the database */
  readonly database?: SwitchedDatabase;
  readonly workloads: ScaledWorkloads;
  /** Alarm in the secondary region that may start the plan. @default none: only a person starts it */
  readonly alarm?: Name;
}

/** The ARN of an alarm in one region. */
export const alarmArn = (alarm: Name, region: string): Value<string> => arn('cloudwatch', `alarm:${alarm.text}`, { region });

/**
 * The role with which ARC executes a region-switch plan. ARC names no source account when it assumes the role; who wants to give the
 * role to another plan needs the right to pass it.
 */
export function regionSwitchRole(t: TemplateBuilder<Parameters, unknown>, id: string, { name, database, workloads, alarm }: RegionSwitchRoleSettings): Handle<'AWS::IAM::Role', 'Arn' | 'RoleId'> {
  const roleName = t.resourceName(name, 'account');
  return serviceRole(t, id, {
    name: roleName,
    description: 'Lets ARC promote the database and scale the services of the region that it activates',
    service: 'arc-region-switch.amazonaws.com',
    trustCondition: 'none',
    statements: regionSwitchRights({
      plan: t.resourceName(name),
      role: roleName,
      database: database?.rights ?? [],
      workloads: workloads.rights,
      alarmArns: alarm ? [alarmArn(alarm, t.context.regions.secondary)] : [],
    }),
  });
}
