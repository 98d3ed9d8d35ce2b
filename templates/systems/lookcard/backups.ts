import { Fn, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import type { AuroraDatabase } from '../../modules/data/aurora-postgres';
import { backupPlan } from '../../modules/data/backup-plan';
import { backupVault } from '../../modules/data/backup-vault';
import { restoreTesting } from '../../modules/data/restore-testing';
import type { LookcardSettings } from './settings';

/** What is backed up, and how it is kept. */
export interface BackupsWiring extends Pick<AuroraDatabase, 'cluster' | 'subnetGroupName'> {
  readonly keyArn: IntrinsicFunction;
  /** Of the restored cluster. */
  readonly securityGroupId: IntrinsicFunction;
}

/** Days that a daily backup and its copy stay, as long as point-in-time recovery reaches back. */
const keptDays = 35;

/**
 * Daily backups of the database outside of RDS's own, which go with the cluster: in a vault of each region that refuses deletion, so that
 * they outlive whoever deletes the cluster. The primary's plan fills both, and each week AWS Backup restores the newest to prove it good.
 * The secondary's vault is known by its agreed name.
 *
 * The tables are not among them: their replicas and their own point-in-time recovery cover as much, by the minute.
 */
export function backups(t: TemplateBuilder<Parameters, LookcardSettings>, { cluster, subnetGroupName, keyArn, securityGroupId }: BackupsWiring): void {
  const { context, isPrimary, settings } = t;
  const name = t.resourceName('backups');
  const databaseArn = cluster.att('DBClusterArn');
  const vault = backupVault(t, 'BackupVault', { name, keyArn, lockedDays: settings.protected ? keptDays : undefined, retained: settings.protected });
  backupPlan(t, 'BackupPlan', {
    name,
    roleName: t.resourceName('backup', 'account'),
    vault,
    // Well away from the windows of RDS, in which AWS Backup starts nothing.
    schedule: 'cron(0 14 * * ? *)',
    deleteAfterDays: keptDays,
    copies: [{ vaultArn: Fn.Sub(`arn:\${AWS::Partition}:backup:${context.regions.secondary}:\${AWS::AccountId}:backup-vault:${name.text}`) }],
    resources: [databaseArn],
    when: isPrimary,
  });
  restoreTesting(t, 'RestoreTesting', {
    name: t.resourceName('restore'),
    roleName: t.resourceName('restore', 'account'),
    vault,
    schedule: 'cron(0 6 ? * SUN *)',
    selectionWindowDays: 2,
    databaseArn,
    place: { subnetGroupName, securityGroupId },
    when: isPrimary,
  });
}
