import { expect } from 'chai';
import { explain } from '../../../src/resolve';
import { requirement } from '../../requirements/requirement';
import { ofType } from './built';
import { account, dataIn } from './data-stack';

const primary = dataIn('us-east-1');
const secondary = dataIn('ap-southeast-1');
const vaultElsewhere = 'arn:aws:backup:us-east-1:999999999999:backup-vault:kasha-archive';
const ruleOf = (stack: typeof primary) => ofType(stack, 'AWS::Backup::BackupPlan')['ArchivePlan'].BackupPlan.BackupPlanRule[0];

describe('Kasha’s archive', () => {
  requirement('KSH-65 KSH-64', 'keeps a backup of each month for seven years, and never in cold storage, which RDS snapshots have not', () => {
    const rule = ruleOf(primary);
    expect(rule.ScheduleExpression).to.equal('cron(0 12 1 * ? *)');
    expect(rule.Lifecycle).to.deep.equal({ DeleteAfterDays: 2557 });
    expect(rule.CopyActions.map(({ Lifecycle }: { Lifecycle: object }) => Lifecycle)).to.deep.equal([{ DeleteAfterDays: 2557 }]);
  });

  requirement('KSH-65 KSH-90', 'has a vault in each region, under that region’s key, locked for the seven years and kept', () => {
    for (const [stack, region] of [[primary, 'us-east-1'], [secondary, 'ap-southeast-1']] as const) {
      expect(ofType(stack, 'AWS::Backup::BackupVault')['ArchiveVault']).to.deep.include({
        BackupVaultName: 'kasha-archive-prod-main',
        EncryptionKeyArn: `arn:aws:kms:${region}:${account}:key/database`,
        LockConfiguration: { MinRetentionDays: 2557 },
      });
      expect(stack.resources.get('ArchiveVault')?.deletionPolicy).to.equal('RetainExceptOnCreate');
    }
  });

  it('backs up the instance that writes, by its own ARN, from the primary region only', () => {
    const [{ BackupSelection }] = Object.values(ofType(primary, 'AWS::Backup::BackupSelection')) as [{ BackupSelection: { Resources: never[] } }];
    expect(BackupSelection.Resources.map(explain)[0]).to.match(/^DBInstanceArn of AWS::RDS::DBInstance Primary /);
    for (const type of ['BackupPlan', 'BackupSelection', 'RestoreTestingPlan', 'RestoreTestingSelection']) expect(ofType(secondary, `AWS::Backup::${type}`)).to.deep.equal({});
  });

  requirement('KSH-67', 'copies each backup to the vault of the secondary region', () => {
    expect(ruleOf(primary).CopyActions.map(({ DestinationBackupVaultArn }: { DestinationBackupVaultArn: string }) => DestinationBackupVaultArn)).to.deep.equal([
      `arn:aws:backup:ap-southeast-1:${account}:backup-vault:kasha-archive-prod-main`,
    ]);
  });

  requirement('KSH-66', 'copies each backup to the archive account too, when the parameters name its vault', () => {
    const copies = ruleOf(dataIn('us-east-1', 'production', vaultElsewhere)).CopyActions;
    expect(copies.map(({ DestinationBackupVaultArn }: { DestinationBackupVaultArn: string }) => DestinationBackupVaultArn)).to.deep.equal([
      `arn:aws:backup:ap-southeast-1:${account}:backup-vault:kasha-archive-prod-main`,
      vaultElsewhere,
    ]);
  });

  requirement('KSH-66', 'restores the newest backup each month, two days after it was made, into the isolated subnets', () => {
    const plan = ofType(primary, 'AWS::Backup::RestoreTestingPlan')['RestoreTesting'];
    expect(plan).to.include({ RestoreTestingPlanName: 'kasha_restore_prod_main', ScheduleExpression: 'cron(0 12 3 * ? *)' });
    expect(plan.RecoveryPointSelection).to.deep.include({ Algorithm: 'LATEST_WITHIN_WINDOW', RecoveryPointTypes: ['SNAPSHOT'] });
    const selection = ofType(primary, 'AWS::Backup::RestoreTestingSelection')['RestoreTestingSelection'];
    expect(selection.ProtectedResourceType).to.equal('RDS');
    expect(selection.RestoreMetadataOverrides.vpcSecurityGroupIds).to.equal('["sg-database"]');
  });

  it('is not there in develop, which must be destroyable', () => {
    const types = [...dataIn('us-east-1', 'develop').resources.values()].map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('AWS::Backup::'))).to.deep.equal([]);
  });
});
