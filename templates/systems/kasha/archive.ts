import { Fn, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { backupPlan } from '../../modules/data/backup-plan';
import { backupVault } from '../../modules/data/backup-vault';
import type { DatabaseHandle } from '../../modules/data/mysql-instance';
import { restoreTesting } from '../../modules/data/restore-testing';
import type { KashaSettings } from './environments';

/** Seven years, of which two are leap years. */
const sevenYears = 7 * 365 + 2;

/** What is archived, and where the copies go. */
export interface ArchiveWiring {
  /** In the primary region. */
  readonly database: DatabaseHandle;
  readonly databaseKeyArn: IntrinsicFunction;
  readonly subnetGroupName: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** Vault of a separate account; empty for none. */
  readonly archiveVaultArn: Token<'String'>;
}

/**
 * Monthly backups for seven years. Each region has a vault; the primary's plan fills both and the archive account's, and a
 * restore test two days later proves that they can be read. A vault in the secondary is known by its agreed name.
 */
export function archive(t: TemplateBuilder<Parameters, KashaSettings>, wiring: ArchiveWiring): void {
  const { settings, context, isPrimary } = t;
  const name = t.resourceName('archive');
  const vault = backupVault(t, 'ArchiveVault', { name, keyArn: wiring.databaseKeyArn, lockedDays: settings.protected ? sevenYears : undefined, retained: settings.protected });
  const hasArchiveAccount = t.condition('HasArchiveAccount', Fn.Not(Fn.Equals(wiring.archiveVaultArn, '')));
  backupPlan(t, 'ArchivePlan', {
    name,
    roleName: t.resourceName('backup', 'account'),
    vault,
    schedule: 'cron(0 12 1 * ? *)',
    deleteAfterDays: sevenYears,
    copies: [
      { vaultArn: Fn.Sub(`arn:\${AWS::Partition}:backup:${context.regions.secondary}:\${AWS::AccountId}:backup-vault:${name.text}`) },
      { vaultArn: wiring.archiveVaultArn, when: hasArchiveAccount },
    ],
    resources: [wiring.database.att('DBInstanceArn')],
    when: isPrimary,
  });
  restoreTesting(t, 'RestoreTesting', {
    name: t.resourceName('restore'),
    roleName: t.resourceName('restore', 'account'),
    vault,
    schedule: 'cron(0 12 3 * ? *)',
    selectionWindowDays: 35,
    databaseArn: wiring.database.att('DBInstanceArn'),
    place: { subnetGroupName: wiring.subnetGroupName, securityGroupId: wiring.securityGroupId, instanceClass: settings.database.instanceClass },
    when: isPrimary,
  });
}
