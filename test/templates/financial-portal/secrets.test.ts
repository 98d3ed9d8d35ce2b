import { expect } from 'chai';
import { security } from '../../../templates/systems/financial-portal/security';
import { requirement } from '../../requirements/requirement';
import { only } from '../plain';
import { environmentNames, ofType, resolved, type EnvironmentName } from './built';

const parameters = { DomainName: 'portal.example.com', AlarmEmail: 'platform@example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' };
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };
const secrets = { DatabaseSecret: 'database-admin', OriginHeaderSecret: 'origin-header', NextOriginHeaderSecret: 'origin-header-next' };
const own = '111111111111';

describe('Financial portal secrets', () => {
  for (const environment of environmentNames) {
    const all = (type: string) => ofType(resolved(security, 'ap-southeast-1', environment, parameters), type);

    requirement('FIN-24 FIN-50 FIN-57', `makes ${environment}’s secrets in the primary, under its key, and replicates them to us-east-1 under that region’s`, () => {
      const replica = { Region: 'us-east-1', KmsKeyId: `alias/fin-default-${shorts[environment]}-main` };
      expect(only(all('AWS::SecretsManager::Secret'), 'Name', 'KmsKeyId', 'ReplicaRegions')).to.deep.equal(
        Object.fromEntries(Object.entries(secrets).map(([id, name]) => [id, [`fin-${name}-${shorts[environment]}-main`, 'DefaultKey.Arn', [replica]]])),
      );
      expect(Object.keys(ofType(resolved(security, 'us-east-1', environment, parameters), 'AWS::SecretsManager::Secret'))).to.deep.equal([]);
    });

    requirement('FIN-25 FIN-32', `has AWS make ${environment}’s password and headers, and no template hold them`, () => {
      const header = { SecretStringTemplate: '{}', GenerateStringKey: 'value', PasswordLength: 40, ExcludePunctuation: true };
      expect(only(all('AWS::SecretsManager::Secret'), 'GenerateSecretString', 'SecretString')).to.deep.equal({
        DatabaseSecret: [{ SecretStringTemplate: '{"username":"portal_admin"}', GenerateStringKey: 'password', PasswordLength: 40, ExcludeCharacters: `/@"'\\ ` }, undefined],
        OriginHeaderSecret: [header, undefined],
        NextOriginHeaderSecret: [header, undefined],
      });
    });

    requirement('FIN-49', `refuses ${environment}’s secrets to identities of other accounts, whatever their policies say`, () => {
      const outsiders = { StringNotEquals: { 'aws:PrincipalAccount': own }, Bool: { 'aws:PrincipalIsAWSService': 'false' } };
      const refused = { Version: '2012-10-17', Statement: [{ Sid: 'DenyOtherAccounts', Effect: 'Deny', Principal: '*', Action: ['secretsmanager:*'], Resource: ['*'], Condition: outsiders }] };
      expect(only(all('AWS::SecretsManager::ResourcePolicy'), 'SecretId', 'BlockPublicPolicy', 'ResourcePolicy')).to.deep.equal(
        Object.fromEntries(Object.keys(secrets).map((id) => [`${id}Policy`, [id, true, refused]])),
      );
    });
  }
});
