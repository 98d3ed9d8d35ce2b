import { expect } from 'chai';
import { data } from '../../../templates/systems/lookcard/data';
import { environments } from '../../../templates/systems/lookcard/environments';
import { only } from '../plain';
import { dataParameters, keyArn, own } from './data-parameters';
import { everywhereOf } from './everywhere';

describe('LookCard backups', () => {
  const everywhere = everywhereOf(data, dataParameters);

  everywhere('LKC-97', 'fill a vault of each region of production every day, where nobody can delete them for five weeks', ({ all, short, region, isProduction, isPrimary }) => {
    expect(only(all('AWS::Backup::BackupVault'), 'BackupVaultName', 'EncryptionKeyArn', 'LockConfiguration')).to.deep.equal(isProduction ? { BackupVault: [`lookcard-backups-${short}-main`, keyArn(region), { MinRetentionDays: 35 }] } : {});
    const Lifecycle = { DeleteAfterDays: 35 };
    const rule = {
      RuleName: 'archive',
      TargetBackupVault: 'BackupVault',
      ScheduleExpression: 'cron(0 14 * * ? *)',
      StartWindowMinutes: 60,
      CompletionWindowMinutes: 720,
      Lifecycle,
      CopyActions: [{ DestinationBackupVaultArn: `arn:aws:backup:us-east-1:${own}:backup-vault:lookcard-backups-${short}-main`, Lifecycle }],
    };
    expect(only(all('AWS::Backup::BackupPlan'), 'BackupPlan')).to.deep.equal(isProduction && isPrimary ? { BackupPlan: [{ BackupPlanName: `lookcard-backups-${short}-main`, BackupPlanRule: [rule] }] } : {});
    expect(only(all('AWS::Backup::BackupSelection'), 'BackupSelection')).to.deep.equal(
      isProduction && isPrimary ? { BackupPlanSelection: [{ SelectionName: 'databases', IamRoleArn: 'BackupPlanRole.Arn', Resources: ['Cluster.DBClusterArn'] }] } : {},
    );
  });

  everywhere('LKC-97 LKC-111', 'are restored each week to prove that they can be, as isolated as the database', ({ all, isProduction, isPrimary }) => {
    const tested = isProduction && isPrimary;
    expect(only(all('AWS::Backup::RestoreTestingPlan'), 'ScheduleExpression', 'RecoveryPointSelection')).to.deep.equal(
      tested ? { RestoreTesting: ['cron(0 6 ? * SUN *)', { Algorithm: 'LATEST_WITHIN_WINDOW', IncludeVaults: ['BackupVault.BackupVaultArn'], RecoveryPointTypes: ['SNAPSHOT'], SelectionWindowDays: 2 }] } : {},
    );
    expect(only(all('AWS::Backup::RestoreTestingSelection'), 'ProtectedResourceType', 'ProtectedResourceArns', 'RestoreMetadataOverrides')).to.deep.equal(
      tested ? { RestoreTestingSelection: ['Aurora', ['Cluster.DBClusterArn'], { dbSubnetGroupName: 'SubnetGroup', vpcSecurityGroupIds: '["sg-database"]' }] } : {},
    );
  });

  it('are settings of the environments: production alone has them, beside five weeks of point-in-time recovery', () => {
    const kept = Object.entries(environments).map(([name, { settings }]) => [name, settings.backups, settings.database.backupRetentionDays]);
    expect(kept).to.deep.equal([['production', true, 35], ['staging', false, 7], ['testing', false, 7], ['develop', false, 7], ['sandbox', false, 7]]);
  });
});
