import { expect } from 'chai';
import { explain } from '../../../src/resolve';
import { security } from '../../../templates/systems/kasha/security';
import { requirement } from '../../requirements/requirement';
import { ofType, resolved } from './built';

const parameters = { DomainName: 'kasha.example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' };
const primary = resolved(security, 'us-east-1', 'production', parameters);
const secondary = resolved(security, 'ap-southeast-1', 'production', parameters);

describe('Kasha security', () => {
  requirement('KSH-31', 'has a certificate for the load balancers, validated in the zone', () => {
    const { DomainName, SubjectAlternativeNames, ValidationMethod, DomainValidationOptions } = ofType(primary, 'AWS::CertificateManager::Certificate')['Certificate'];
    expect([DomainName, SubjectAlternativeNames, ValidationMethod]).to.deep.equal(['origin.kasha.example.com', ['backend.kasha.example.com'], 'DNS']);
    expect(DomainValidationOptions.map(({ HostedZoneId }: { HostedZoneId: string }) => HostedZoneId)).to.deep.equal([parameters.HostedZoneId, parameters.HostedZoneId]);
  });

  requirement('KSH-42', 'has private registries for frontend and backend in both regions', () => {
    for (const stack of [primary, secondary]) {
      expect(Object.values(ofType(stack, 'AWS::ECR::Repository')).map(({ RepositoryName }) => RepositoryName).sort()).to.deep.equal(['kasha-backend-prod-main', 'kasha-frontend-prod-main']);
    }
  });

  requirement('KSH-43', 'scans every image as it is pushed, and lets no tag be moved', () => {
    for (const id of ['FrontendRepository', 'BackendRepository']) {
      const repository = ofType(primary, 'AWS::ECR::Repository')[id];
      expect(repository.ImageScanningConfiguration).to.deep.equal({ ScanOnPush: true });
      expect(repository.ImageTagMutability).to.equal('IMMUTABLE');
    }
  });

  requirement('KSH-82', 'generates the administrator’s password into a secret named after its path, with nothing of it in the template', () => {
    const secret = ofType(primary, 'AWS::SecretsManager::Secret')['DatabaseSecret'];
    expect(secret.Name).to.equal('kasha/rds/mysql/admin-password-prod-main');
    expect(secret.GenerateSecretString).to.include({ GenerateStringKey: 'password', SecretStringTemplate: '{"username":"admin"}' });
    expect(secret).not.to.have.property('SecretString');
  });

  requirement('KSH-86', 'refuses a secret to identities of other accounts, whatever their policies say', () => {
    const policies = Object.values(ofType(primary, 'AWS::SecretsManager::ResourcePolicy'));
    expect(policies).to.have.length(2);
    for (const { ResourcePolicy, BlockPublicPolicy } of policies) {
      expect(BlockPublicPolicy).to.equal(true);
      expect(ResourcePolicy.Statement[0]).to.deep.include({ Effect: 'Deny', Principal: '*', Action: ['secretsmanager:*'] });
      expect(ResourcePolicy.Statement[0].Condition.StringNotEquals).to.deep.equal({ 'aws:PrincipalAccount': '111111111111' });
    }
  });

  requirement('KSH-88', 'has two customer-managed keys, one for the database and one for the rest', () => {
    expect(Object.keys(ofType(primary, 'AWS::KMS::Key')).sort()).to.deep.equal(['DatabaseKey', 'DefaultKey']);
    expect(Object.values(ofType(primary, 'AWS::KMS::Alias')).map(({ AliasName }) => AliasName).sort()).to.deep.equal(['alias/kasha-default-prod-main', 'alias/kasha-rds-prod-main']);
  });

  requirement('KSH-89', 'rotates every key each year', () => {
    for (const id of ['DatabaseKey', 'DefaultKey']) expect(ofType(primary, 'AWS::KMS::Key')[id]).to.include({ EnableKeyRotation: true, RotationPeriodInDays: 365 });
  });

  it('makes secrets in the primary only and replicates them under the secondary’s own key', () => {
    expect(ofType(secondary, 'AWS::SecretsManager::Secret')).to.deep.equal({});
    for (const secret of Object.values(ofType(primary, 'AWS::SecretsManager::Secret'))) {
      expect(secret.ReplicaRegions).to.deep.equal([{ Region: 'ap-southeast-1', KmsKeyId: 'alias/kasha-default-prod-main' }]);
    }
    expect(Object.values(ofType(secondary, 'AWS::KMS::Alias')).map(({ AliasName }) => AliasName)).to.include('alias/kasha-default-prod-main');
  });

  it('lets Fargate use the default key for the tasks of its own cluster only', () => {
    const statement = ofType(primary, 'AWS::KMS::Key')['DefaultKey'].KeyPolicy.Statement.find(({ Sid }: { Sid: string }) => Sid === 'FargateMayGenerateDataKeys');
    expect(statement.Condition.StringEquals).to.deep.equal({ 'kms:EncryptionContext:aws:ecs:clusterAccount': '111111111111', 'kms:EncryptionContext:aws:ecs:clusterName': 'kasha-cluster-prod-main' });
  });

  it('keeps keys, images and logs in production and lets develop go to nothing', () => {
    const develop = resolved(security, 'us-east-1', 'develop', parameters);
    for (const type of ['AWS::KMS::Key', 'AWS::ECR::Repository', 'AWS::S3::Bucket']) {
      for (const { type: own, deletionPolicy, logicalId } of primary.resources.values()) if (own === type) expect(deletionPolicy, logicalId).to.equal('RetainExceptOnCreate');
      for (const { type: own, deletionPolicy, logicalId } of develop.resources.values()) if (own === type) expect(deletionPolicy, logicalId).to.equal('Delete');
    }
    expect(explain(ofType(develop, 'Custom::EmptyBucket')['AccessLogsEmptied'].BucketName)).to.contain('AccessLogs');
    expect(ofType(primary, 'Custom::EmptyBucket')).to.deep.equal({});
  });
});
