import { expect } from 'chai';
import { security } from '../../../templates/systems/customer-portal/security';
import { requirement } from '../../requirements/requirement';
import { only } from '../plain';
import { environmentNames, ofType, resolved, type EnvironmentName } from './built';

const parameters = { DomainName: 'customers.example.com', AlarmEmail: 'platform@example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' };
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };
const secrets = { DatabaseSecret: 'database-admin', OriginHeaderSecret: 'origin-header', NextOriginHeaderSecret: 'origin-header-next', ApiKeySecret: 'api-key' };
const own = '111111111111';

describe('Customer portal secrets', () => {
  for (const environment of environmentNames) {
    const all = (type: string) => ofType(resolved(security, 'us-east-1', environment, parameters), type);

    requirement('CUS-36 CUS-61 CUS-72', `makes ${environment}’s secrets in the primary, under its key, and replicates them to ap-southeast-1 under that region’s`, () => {
      const replica = { Region: 'ap-southeast-1', KmsKeyId: `alias/cus-default-${shorts[environment]}-main` };
      expect(only(all('AWS::SecretsManager::Secret'), 'Name', 'KmsKeyId', 'ReplicaRegions')).to.deep.equal(
        Object.fromEntries(Object.entries(secrets).map(([id, name]) => [id, [`cus-${name}-${shorts[environment]}-main`, 'DefaultKey.Arn', [replica]]])),
      );
      expect(Object.keys(ofType(resolved(security, 'ap-southeast-1', environment, parameters), 'AWS::SecretsManager::Secret'))).to.deep.equal([]);
    });

    requirement('CUS-36 CUS-74', `has AWS make ${environment}’s password, headers and API key, and no template hold them`, () => {
      const header = { SecretStringTemplate: '{}', GenerateStringKey: 'value', PasswordLength: 40, ExcludePunctuation: true };
      expect(only(all('AWS::SecretsManager::Secret'), 'GenerateSecretString', 'SecretString')).to.deep.equal({
        DatabaseSecret: [{ SecretStringTemplate: '{"username":"portal_admin"}', GenerateStringKey: 'password', PasswordLength: 40, ExcludeCharacters: `/@"'\\ ` }, undefined],
        OriginHeaderSecret: [header, undefined],
        NextOriginHeaderSecret: [header, undefined],
        ApiKeySecret: [header, undefined],
      });
    });

    requirement('CUS-70', `refuses ${environment}’s secrets to identities of other accounts, whatever their policies say`, () => {
      const outsiders = { StringNotEquals: { 'aws:PrincipalAccount': own }, Bool: { 'aws:PrincipalIsAWSService': 'false' } };
      const refused = { Version: '2012-10-17', Statement: [{ Sid: 'DenyOtherAccounts', Effect: 'Deny', Principal: '*', Action: ['secretsmanager:*'], Resource: ['*'], Condition: outsiders }] };
      expect(only(all('AWS::SecretsManager::ResourcePolicy'), 'SecretId', 'BlockPublicPolicy', 'ResourcePolicy')).to.deep.equal(
        Object.fromEntries(Object.keys(secrets).map((id) => [`${id}Policy`, [id, true, refused]])),
      );
    });
  }
});
