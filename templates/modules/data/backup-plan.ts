import { Fn, type Condition, type Handle, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { BackupPlan, BackupSelection } from '../../../src/cfn/generated/backup';
import { serviceRole } from '../security/role';
import type { BackupVaultHandle } from './backup-vault';

/** What is backed up, how often, and for how long. */
export interface BackupPlanSettings {
  readonly name: Name;
  /** Account-wide. */
  readonly roleName: Name;
  readonly vault: BackupVaultHandle;
  /** `cron(…)` in UTC. For RDS well away from its own backup and maintenance windows, in which AWS Backup starts nothing. */
  readonly schedule: string;
  /**
   * Days that a recovery point, and each of its copies, stays. All of them in warm storage: AWS Backup moves no snapshot of RDS or
   * Aurora to cold storage.
   */
  readonly deleteAfterDays: number;
  /** Vaults that receive copies, in other regions or accounts. */
  readonly copies: readonly { readonly vaultArn: Value<string>; readonly when?: Condition }[];
  /** ARNs of the resources. */
  readonly resources: readonly Value<string>[];
  readonly when?: Condition;
}

/**
 * A backup plan of one rule with its selection. AWS Backup assumes the role with AWS's own policy for backups, because AWS keeps
 * that list of actions in step with the service; its trust has no condition, because AWS Backup documents none for its roles.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
 */
export function backupPlan(t: TemplateBuilder<Parameters, unknown>, id: string, settings: BackupPlanSettings): Handle<'AWS::Backup::BackupPlan', 'BackupPlanId'> {
  const { name, vault, schedule, deleteAfterDays, copies, resources, when } = settings;
  const Lifecycle = { DeleteAfterDays: deleteAfterDays };
  const role = serviceRole(t, `${id}Role`, {
    name: settings.roleName,
    description: 'AWS Backup makes and copies recovery points',
    service: 'backup.amazonaws.com',
    trustCondition: 'none',
    managedPolicyArns: [Fn.Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup')],
    when,
  });
  const plan = t.add(
    id,
    new BackupPlan({
      BackupPlan: {
        BackupPlanName: name,
        BackupPlanRule: [
          {
            RuleName: 'archive',
            TargetBackupVault: vault.ref(),
            ScheduleExpression: schedule,
            StartWindowMinutes: 60,
            CompletionWindowMinutes: 12 * 60,
            Lifecycle,
            CopyActions: copies.map(({ vaultArn, when: wanted }) => {
              const copy = { DestinationBackupVaultArn: vaultArn, Lifecycle };
              return wanted ? wanted.only(copy) : copy;
            }),
          },
        ],
      },
    }),
    { when },
  );
  t.add(`${id}Selection`, new BackupSelection({ BackupPlanId: plan.ref(), BackupSelection: { SelectionName: 'databases', IamRoleArn: role.att('Arn'), Resources: resources } }), { when });
  return plan;
}
