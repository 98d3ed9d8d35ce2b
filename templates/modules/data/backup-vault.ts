import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { BackupVault } from '../../../src/cfn/generated/backup';

export type BackupVaultHandle = Handle<'AWS::Backup::BackupVault', 'BackupVaultArn' | 'BackupVaultName'>;

/** A place for recovery points. */
export interface BackupVaultSettings {
  readonly name: Name;
  /** Key of what is copied into the vault. What is made in it keeps the key of its resource when that is an RDS instance. */
  readonly keyArn: IntrinsicFunction;
  /**
   * Days that every recovery point stays at least; the lock refuses shorter ones and early deletion. It is in governance mode:
   * who has `backup:DeleteBackupVaultLockConfiguration` can lift it. Compliance mode has no such way back, for nobody, and would
   * bind an account for years to a value mistyped once. @default no lock
   */
  readonly lockedDays?: number;
  /** Keeps the vault when its stack goes; CloudFormation can't delete one that holds anything. */
  readonly retained: boolean;
}

/**
 * A vault of AWS Backup under a customer-managed key.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export function backupVault(t: TemplateBuilder<Parameters, unknown>, id: string, settings: BackupVaultSettings): BackupVaultHandle {
  const { name, keyArn, lockedDays, retained } = settings;
  return t.add(
    id,
    new BackupVault({ BackupVaultName: name, EncryptionKeyArn: keyArn, ...(lockedDays ? { LockConfiguration: { MinRetentionDays: lockedDays } } : {}) }).keep(
      retained ? 'RetainExceptOnCreate' : 'Delete',
    ),
  );
}
