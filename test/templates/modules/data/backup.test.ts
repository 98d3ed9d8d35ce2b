import { expect } from 'chai';
import { Fn, stringToken } from '../../../../src/cfn';
import { backupPlan } from '../../../../templates/modules/data/backup-plan';
import { backupVault } from '../../../../templates/modules/data/backup-vault';
import { restoreTesting } from '../../../../templates/modules/data/restore-testing';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

const value = (name: string) => stringToken(Fn.Ref(name));

describe('A backup vault', () => {
  it('is locked for as long as its backups must stay, and can be unlocked by who has the right', () => {
    const t = builderOf();
    backupVault(t, 'Vault', { name: t.resourceName('archive'), keyArn: value('KeyArn'), lockedDays: 2557, retained: true });
    expect(properties(t, 'Vault')).to.deep.include({ EncryptionKeyArn: { Ref: 'KeyArn' }, LockConfiguration: { MinRetentionDays: 2557 } });
    expect(emitted(t)['Vault']).to.include({ DeletionPolicy: 'RetainExceptOnCreate' });
  });

  it('has no lock where an environment must be destroyable', () => {
    const t = builderOf();
    backupVault(t, 'Vault', { name: t.resourceName('archive'), keyArn: value('KeyArn'), retained: false });
    expect(properties(t, 'Vault')).not.to.have.property('LockConfiguration');
    expect(emitted(t)['Vault']).to.include({ DeletionPolicy: 'Delete' });
  });
});

describe('A backup plan', () => {
  it('keeps copies as long as what they are copied from', () => {
    const t = builderOf();
    const vault = backupVault(t, 'Vault', { name: t.resourceName('archive'), keyArn: value('KeyArn'), retained: false });
    const when = t.condition('HasOther', Fn.Not(Fn.Equals(value('Other'), '')));
    backupPlan(t, 'Plan', { name: t.resourceName('plan'), roleName: t.resourceName('backup', 'account'), vault, schedule: 'cron(0 12 1 * ? *)', deleteAfterDays: 100, copies: [{ vaultArn: 'arn:one' }, { vaultArn: value('Other'), when }], resources: ['arn:database'] });
    const { BackupPlan } = properties(t, 'Plan') as { BackupPlan: { BackupPlanRule: readonly Record<string, unknown>[] } };
    const Lifecycle = { DeleteAfterDays: 100 };
    expect(BackupPlan.BackupPlanRule[0]).to.deep.include({
      TargetBackupVault: { Ref: 'Vault' },
      Lifecycle,
      CopyActions: [
        { DestinationBackupVaultArn: 'arn:one', Lifecycle },
        { 'Fn::If': ['HasOther', { DestinationBackupVaultArn: { Ref: 'Other' }, Lifecycle }, { Ref: 'AWS::NoValue' }] },
      ],
    });
  });
});

describe('A restore test', () => {
  const t = builderOf();
  const vault = backupVault(t, 'Vault', { name: t.resourceName('archive'), keyArn: value('KeyArn'), retained: false });
  restoreTesting(t, 'Test', {
    name: t.resourceName('restore'),
    roleName: t.resourceName('restore', 'account'),
    vault,
    schedule: 'cron(0 12 3 * ? *)',
    selectionWindowDays: 35,
    databaseArn: value('DatabaseArn'),
    place: { subnetGroupName: value('SubnetGroup'), securityGroupId: value('GroupId'), instanceClass: 'db.t3.micro' },
  });

  it('has a name without hyphens, which AWS Backup does not take', () => {
    expect(properties(t, 'Test')['RestoreTestingPlanName']).to.deep.equal({ 'Fn::Sub': 'kasha_restore_prod_${EnvironmentSuffix}' });
  });

  it('restores from its own vault into the isolated subnets, not into the default VPC', () => {
    expect(properties(t, 'Test')['RecoveryPointSelection']).to.deep.include({ IncludeVaults: [{ 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }], RecoveryPointTypes: ['SNAPSHOT'] });
    expect(properties(t, 'TestSelection')['RestoreMetadataOverrides']).to.deep.equal({
      dbInstanceClass: 'db.t3.micro',
      dbSubnetGroupName: { Ref: 'SubnetGroup' },
      vpcSecurityGroupIds: { 'Fn::Sub': ['["${Group}"]', { Group: { Ref: 'GroupId' } }] },
    });
  });
});

describe('A restore test of a cluster', () => {
  it('restores it without instances, of which AWS Backup makes none', () => {
    const t = builderOf();
    const vault = backupVault(t, 'Vault', { name: t.resourceName('archive'), keyArn: value('KeyArn'), retained: false });
    const place = { subnetGroupName: value('SubnetGroup'), securityGroupId: value('GroupId') };
    restoreTesting(t, 'Test', { name: t.resourceName('restore'), roleName: t.resourceName('restore', 'account'), vault, schedule: 'cron(0 6 ? * SUN *)', selectionWindowDays: 2, databaseArn: value('ClusterArn'), place });
    expect(properties(t, 'TestSelection')).to.deep.include({ ProtectedResourceType: 'Aurora', ProtectedResourceArns: [{ Ref: 'ClusterArn' }] });
    expect(properties(t, 'TestSelection')['RestoreMetadataOverrides']).to.deep.equal({ dbSubnetGroupName: { Ref: 'SubnetGroup' }, vpcSecurityGroupIds: { 'Fn::Sub': ['["${Group}"]', { Group: { Ref: 'GroupId' } }] } });
  });
});
