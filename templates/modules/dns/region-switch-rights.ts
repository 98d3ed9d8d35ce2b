import type { Name, Value } from '../../../src/cfn';
import { allow, arn, type Statement } from '../security/policy';

/** What a region-switch plan acts on. */
export interface RegionSwitchTargets {
  readonly plan: Name;
  readonly role: Name;
  /** What the database's step needs, see `SwitchedDatabase`. */
  readonly database: readonly Statement[];
  readonly clusterArns: readonly Value<string>[];
  readonly serviceArns: readonly Value<string>[];
  /** The alarms that may start the plan. */
  readonly alarmArns: readonly Value<string>[];
}

/**
 * The rights of a plan that moves a database and scales services, as AWS lists them for these steps. Reading and registering
 * scalable targets name no resource, because AWS's evaluation of the plan asks for them without one.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_execution_blocks.html
 */
export function regionSwitchRights(targets: RegionSwitchTargets): readonly Statement[] {
  const { plan, role, database, clusterArns, serviceArns, alarmArns } = targets;
  const everywhere = { region: '' };
  return [
    ...database,
    allow(['ecs:DescribeServices', 'ecs:UpdateService'], serviceArns),
    allow(['ecs:DescribeClusters'], clusterArns),
    allow(['ecs:ListServices', 'application-autoscaling:DescribeScalableTargets', 'application-autoscaling:RegisterScalableTarget', 'cloudwatch:GetMetricStatistics'], ['*']),
    allow(['arc-region-switch:GetPlan', 'arc-region-switch:GetPlanExecution', 'arc-region-switch:ListPlanExecutions'], [arn('arc-region-switch', `plan/${plan.text}:*`, everywhere)]),
    ...(alarmArns.length > 0 ? [allow(['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory'], alarmArns)] : []),
    allow(['iam:SimulatePrincipalPolicy'], [arn('iam', `role/${role.text}`, everywhere)]),
  ];
}
