import { absent, deletionPolicy, drop, edit, removed, set, turn, withElement, without } from '../mistakes';
import type { Operator } from '../operator';
import { isObject } from '../json';
import { inStatements } from '../statements';

const vault = ['AWS::Backup::BackupVault'];
const plan = ['AWS::Backup::BackupPlan'];
const recover = ['NIST 800-53 r5 CP-9', 'SOC 2 A1.2'];
const rule = (path: string): string => `BackupPlan.BackupPlanRule[].${path}`;

/** Mistakes in backups. */
export const backupOperators: readonly Operator[] = [
  { id: 'backup-selection-removed', title: 'The plan backs up nothing', severity: 'HIGH', controls: recover, types: ['AWS::Backup::BackupSelection'], mistake: removed },
  { id: 'backup-selection-emptied', title: 'The selection names no resource', severity: 'HIGH', controls: recover, types: ['AWS::Backup::BackupSelection'], mistake: without('BackupSelection.Resources', () => true) },
  { id: 'backup-one-day', title: 'Backups are deleted after a day', severity: 'HIGH', controls: recover, types: plan, mistake: turn(rule('Lifecycle.DeleteAfterDays'), 1) },
  { id: 'backup-for-ever', title: 'Backups are never deleted', severity: 'LOW', controls: ['PCI DSS 4.0.1 3.2.1', 'GDPR Art. 5'], types: plan, mistake: drop(rule('Lifecycle')) },
  { id: 'backup-not-copied', title: 'Backups are not copied to the other region', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-6', ...recover], types: plan, mistake: drop(rule('CopyActions')) },
  { id: 'backup-rare', title: 'A backup is made once a year', severity: 'HIGH', controls: recover, types: plan, mistake: turn(rule('ScheduleExpression'), 'cron(0 12 1 1 ? *)') },
  { id: 'backup-continuous-off', title: 'The plan cannot restore to a point in time', severity: 'MEDIUM', controls: recover, types: plan, mistake: turn(rule('EnableContinuousBackup'), false) },
  { id: 'backup-vault-unlocked', title: 'Backups can be deleted before their time', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.3.2', ...recover], types: vault, mistake: drop('LockConfiguration') },
  { id: 'backup-vault-lock-short', title: 'The lock of the vault ends after a day', severity: 'MEDIUM', controls: recover, types: vault, mistake: turn('LockConfiguration.MinRetentionDays', 1) },
  { id: 'backup-vault-key-of-aws', title: 'Backups are encrypted with a key that we do not control', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1', 'NIST 800-53 r5 SC-28'], types: vault, mistake: drop('EncryptionKeyArn') },
  { id: 'backup-vault-anybody', title: 'Anybody may copy backups out of the vault', severity: 'CRITICAL', controls: ['NIST 800-53 r5 AC-3', 'PCI DSS 4.0.1 7.2.5'], types: vault, mistake: edit('AccessPolicy', (policy) => ({ Version: '2012-10-17', Statement: [...(isObject(policy) && Array.isArray(policy.Statement) ? policy.Statement : []), { Effect: 'Allow', Principal: '*', Action: 'backup:CopyFromBackupVault', Resource: '*' }] })) },
  { id: 'backup-vault-denial-removed', title: 'Recovery points may be deleted: the statement that denies it is gone', severity: 'HIGH', controls: recover, types: vault, mistake: inStatements(['AccessPolicy'], (one) => (one.Effect === 'Deny' ? absent : undefined)) },
  { id: 'backup-vault-deleted-with-stack', title: 'The vault is deleted with the stack', severity: 'HIGH', controls: recover, types: vault, mistake: deletionPolicy('Delete') },
  { id: 'restore-test-removed', title: 'Nobody tries whether backups can be restored', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-9(1)', 'SOC 2 A1.3'], types: ['AWS::Backup::RestoreTestingSelection'], mistake: removed },
  { id: 'restore-test-of-old-points', title: 'The restore test takes any old backup', severity: 'LOW', controls: ['SOC 2 A1.3'], types: ['AWS::Backup::RestoreTestingPlan'], mistake: turn('RecoveryPointSelection.Algorithm', 'RANDOM_WITHIN_WINDOW') },
  { id: 'restore-test-of-no-vault', title: 'The restore test includes every vault, so that it seldom meets ours', severity: 'LOW', controls: ['SOC 2 A1.3'], types: ['AWS::Backup::RestoreTestingPlan'], mistake: set('RecoveryPointSelection.IncludeVaults', ['*']) },
  { id: 'backup-vault-notifies-nobody', title: 'Nobody hears that a backup failed', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.7.2', 'SOC 2 CC7.2'], types: vault, mistake: drop('Notifications') },
  { id: 'backup-tag-selection-any', title: 'Whatever carries a common tag is backed up and billed', severity: 'LOW', controls: ['SOC 2 A1.1'], types: ['AWS::Backup::BackupSelection'], mistake: withElement('BackupSelection.Resources', '*') },
];
