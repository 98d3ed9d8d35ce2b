import type { Name, Value } from '../../../src/cfn';
import { allow, arn, type Statement } from '../security/policy';

/** What a region-switch plan acts on. */
export interface RegionSwitchTargets {
  readonly plan: Name;
  readonly role: Name;
  /** What the database's step needs, see `SwitchedDatabase`. */
  readonly database: readonly Statement[];
  /** What scaling needs, see `ScaledWorkloads`. */
  readonly workloads: readonly Statement[];
  /** The alarms that may start the plan. */
  readonly alarmArns: readonly Value<string>[];
}

/**
 * The rights of a plan that moves a database and scales what works on it, as AWS lists them for these steps.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_execution_blocks.html
 */
export function regionSwitchRights(targets: RegionSwitchTargets): readonly Statement[] {
  const { plan, role, database, workloads, alarmArns } = targets;
  const everywhere = { region: '' };
  return [
    ...database,
    ...workloads,
    allow(['arc-region-switch:GetPlan', 'arc-region-switch:GetPlanExecution', 'arc-region-switch:ListPlanExecutions'], [arn('arc-region-switch', `plan/${plan.text}:*`, everywhere)]),
    ...(alarmArns.length > 0 ? [allow(['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'], alarmArns)] : []),
    allow(['iam:SimulatePrincipalPolicy'], [arn('iam', `role/${role.text}`, everywhere)]),
  ];
}
