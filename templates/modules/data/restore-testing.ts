import { Fn, Name, type Condition, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { RestoreTestingPlan, RestoreTestingSelection } from '../../../src/cfn/generated/backup';
import { serviceRole } from '../security/role';
import type { BackupVaultHandle } from './backup-vault';

/** A restore that AWS Backup tries by itself, to prove that the backups are good. */
export interface RestoreTestingSettings {
  readonly name: Name;
  /** Account-wide. */
  readonly roleName: Name;
  readonly vault: BackupVaultHandle;
  /** `cron(…)` in UTC. */
  readonly schedule: string;
  /** Days back in which the newest recovery point is looked for: a little more than lies between two of them. */
  readonly selectionWindowDays: number;
  /** RDS instance or Aurora cluster whose recovery points are restored. */
  readonly databaseArn: IntrinsicFunction;
  /** Where the restored database stands: as isolated as the original. Without a class it is an Aurora cluster, which is restored without instances. */
  readonly place: { readonly subnetGroupName: IntrinsicFunction; readonly securityGroupId: IntrinsicFunction; readonly instanceClass?: string };
  /** Hours that the restored database stays for people and programs to look into, before AWS Backup deletes it. @default 4 */
  readonly validationHours?: number;
  readonly when?: Condition;
}

/**
 * A restore test of an RDS instance or Aurora cluster. Its jobs, with their times and results, are the evidence: AWS Backup keeps and reports them.
 * The restored database is deleted by AWS Backup's own service-linked role; the role here only restores.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
export function restoreTesting(t: TemplateBuilder<Parameters, unknown>, id: string, settings: RestoreTestingSettings): void {
  const { vault, schedule, selectionWindowDays, databaseArn, place, validationHours = 4, when } = settings;
  const role = serviceRole(t, `${id}Role`, {
    name: settings.roleName,
    description: 'AWS Backup restores recovery points to test them',
    service: 'backup.amazonaws.com',
    trustCondition: 'none',
    managedPolicyArns: [Fn.Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores')],
    when,
  });
  const plan = t.add(
    id,
    new RestoreTestingPlan({
      RestoreTestingPlanName: withoutHyphens(settings.name),
      ScheduleExpression: schedule,
      StartWindowHours: 1,
      RecoveryPointSelection: { Algorithm: 'LATEST_WITHIN_WINDOW', IncludeVaults: [vault.att('BackupVaultArn')], RecoveryPointTypes: ['SNAPSHOT'], SelectionWindowDays: selectionWindowDays },
    }),
    { when },
  );
  t.add(
    `${id}Selection`,
    new RestoreTestingSelection({
      RestoreTestingPlanName: plan.ref(),
      RestoreTestingSelectionName: 'databases',
      ProtectedResourceType: place.instanceClass ? 'RDS' : 'Aurora',
      ProtectedResourceArns: [databaseArn],
      IamRoleArn: role.att('Arn'),
      RestoreMetadataOverrides: {
        ...(place.instanceClass ? { dbInstanceClass: place.instanceClass } : {}),
        dbSubnetGroupName: place.subnetGroupName,
        vpcSecurityGroupIds: Fn.Sub('["${Group}"]', { Group: place.securityGroupId }),
      },
      ValidationWindowHours: validationHours,
    }),
    { when },
  );
}

/** A plan's name may hold letters, digits and underscores only. */
function withoutHyphens(name: Name): Name {
  return new Name(name.text.replaceAll('-', '_'), name.worstCase.replaceAll('-', '_'));
}
