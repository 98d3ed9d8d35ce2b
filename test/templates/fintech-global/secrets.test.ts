import { expect } from 'chai';
import { security } from '../../../templates/systems/fintech-global/security';
import { only } from '../plain';
import { everywhereOf } from './everywhere';

const own = '111111111111';
const dataKeyArn = `arn:aws:kms:us-east-1:${own}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const parameters = { DomainName: 'fintechglobal.example.com', AlertEmail: 'platform@example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ', PrimaryDataKeyArn: dataKeyArn };
const replicated = { DatabaseSecret: 'database-admin', EncryptionKeysSecret: 'encryption-keys', ApiKeysSecret: 'api-keys' };
const secret = 'AWS::SecretsManager::Secret';

describe('FinTech Global secrets', () => {
  const everywhere = everywhereOf(security, () => parameters);

  everywhere('FTG-50 FTG-51', 'are made in the primary under its key and replicated to the secondary under that region’s; each cache has a token of its own', ({ all, environment, short, isPrimary }) => {
    const alias = `alias/fintech-data-key${environment === 'production' ? '' : `-${environment}`}`;
    const everyone = Object.entries(replicated).map(([id, name]) => [id, [`fintechglobal-${name}-${short}-main`, dataKeyArn, [{ Region: 'ap-southeast-1', KmsKeyId: alias }]]]);
    const token = [`fintechglobal-cache-token-${short}-main`, isPrimary ? dataKeyArn : 'DataKey.Arn', undefined];
    expect(only(all(secret), 'Name', 'KmsKeyId', 'ReplicaRegions')).to.deep.equal({ ...(isPrimary ? Object.fromEntries(everyone) : {}), CacheSecret: token });
  });

  everywhere('FTG-51', 'have values that AWS makes and no template holds', ({ all, isPrimary }) => {
    const field = (GenerateStringKey: string, SecretStringTemplate: string, more: object) => [{ SecretStringTemplate, GenerateStringKey, ...more }, undefined];
    const primaries = {
      DatabaseSecret: field('password', '{"username":"fintech_admin"}', { PasswordLength: 40, ExcludeCharacters: `/@"'\\ ` }),
      EncryptionKeysSecret: field('1', '{"current":"1"}', { PasswordLength: 64, ExcludePunctuation: true }),
      ApiKeysSecret: field('none', '{}', { PasswordLength: 40, ExcludePunctuation: true }),
    };
    expect(only(all(secret), 'GenerateSecretString', 'SecretString')).to.deep.equal({
      ...(isPrimary ? primaries : {}),
      CacheSecret: field('value', '{}', { PasswordLength: 64, ExcludeCharacters: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ ' }),
    });
  });

  everywhere('FTG-51', 'are refused to identities of other accounts, whatever their policies say', ({ all, isPrimary }) => {
    const outsiders = { StringNotEquals: { 'aws:PrincipalAccount': own }, Bool: { 'aws:PrincipalIsAWSService': 'false' } };
    const refused = { Version: '2012-10-17', Statement: [{ Sid: 'DenyOtherAccounts', Effect: 'Deny', Principal: '*', Action: ['secretsmanager:*'], Resource: ['*'], Condition: outsiders }] };
    expect(only(all('AWS::SecretsManager::ResourcePolicy'), 'SecretId', 'BlockPublicPolicy', 'ResourcePolicy')).to.deep.equal(
      Object.fromEntries([...(isPrimary ? Object.keys(replicated) : []), 'CacheSecret'].map((id) => [`${id}Policy`, [id, true, refused]])),
    );
  });

  everywhere('FTG-35 FTG-75', 'lose no key in production that alone can read what was stored, or that another company gave', ({ stack, isPrimary, isProduction }) => {
    for (const id of isPrimary ? ['EncryptionKeysSecret', 'ApiKeysSecret'] : []) {
      const { deletionPolicy, updateReplacePolicy } = stack.resources.get(id) ?? {};
      expect([deletionPolicy, updateReplacePolicy], id).to.deep.equal(isProduction ? ['RetainExceptOnCreate', 'Retain'] : ['Delete', 'Delete']);
    }
    for (const id of [...(isPrimary ? ['DatabaseSecret'] : []), 'CacheSecret']) expect(stack.resources.get(id)?.deletionPolicy, id).to.equal('Delete');
  });
});
