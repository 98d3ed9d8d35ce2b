import { expect } from 'chai';
import { security } from '../../../templates/systems/lookcard/security';
import { only } from '../plain';
import { own, securityParameters } from './data-parameters';
import { everywhereOf } from './everywhere';

const secret = 'AWS::SecretsManager::Secret';
/** Names of the secrets that production's secondary region has copies of. */
const replicated = {
  DatabaseSecret: 'database-admin',
  ApiKeySecret: 'api-key',
  IssuerCredentialsSecret: 'issuer-credentials',
  NotificationCredentialsSecret: 'notification-credentials',
  SupabaseJwtSecret: 'supabase-jwt',
};
/** Those of which CloudFront's region has copies in every environment. */
const headers = { OriginHeaderSecret: 'origin-header', NextOriginHeaderSecret: 'origin-header-next' };
const keptInProduction = ['IssuerCredentialsSecret', 'NotificationCredentialsSecret', 'SupabaseJwtSecret'];

const entriesOf = (names: Readonly<Record<string, string>>, values: (name: string) => unknown) => Object.fromEntries(Object.entries(names).map(([id, name]) => [id, values(name)]));

describe('LookCard secrets', () => {
  const everywhere = everywhereOf(security, () => securityParameters);

  everywhere('LKC-86', 'are made in the primary under its data key, and copied under keys of ours to where they are read; each cache has a token of its own', ({ all, short, isPrimary, isProduction }) => {
    const copied = (purpose: string) => [{ Region: 'us-east-1', KmsKeyId: `alias/lookcard-key-${short}-main/${purpose}` }];
    const named = (name: string) => `lookcard-${name}-${short}-main`;
    expect(only(all(secret), 'Name', 'KmsKeyId', 'ReplicaRegions')).to.deep.equal({
      ...(isPrimary ? entriesOf(replicated, (name) => [named(name), 'DataKey.Arn', isProduction ? copied('data') : undefined]) : {}),
      ...(isPrimary ? entriesOf(headers, (name) => [named(name), 'DataKey.Arn', copied('edge')]) : {}),
      CacheSecret: [named('cache-token'), 'DataKey.Arn', undefined],
    });
  });

  everywhere('LKC-86', 'have values that AWS makes and no template holds', ({ all, isPrimary }) => {
    const field = (GenerateStringKey: string, more: object, SecretStringTemplate = '{}') => [{ SecretStringTemplate, GenerateStringKey, ...more }, undefined];
    const short = { PasswordLength: 40, ExcludePunctuation: true };
    const primaries = {
      DatabaseSecret: field('password', { PasswordLength: 40, ExcludeCharacters: `/@"'\\ ` }, '{"username":"lookcard_admin"}'),
      OriginHeaderSecret: field('value', short),
      NextOriginHeaderSecret: field('value', short),
      ApiKeySecret: field('value', short),
      IssuerCredentialsSecret: field('none', short),
      NotificationCredentialsSecret: field('none', short),
      SupabaseJwtSecret: field('value', { ...short, PasswordLength: 64 }),
    };
    expect(only(all(secret), 'GenerateSecretString', 'SecretString')).to.deep.equal({
      ...(isPrimary ? primaries : {}),
      CacheSecret: field('value', { PasswordLength: 64, ExcludeCharacters: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ ' }),
    });
  });

  everywhere('LKC-86', 'are refused to identities of other accounts, whatever their policies say', ({ all, isPrimary }) => {
    const outsiders = { StringNotEquals: { 'aws:PrincipalAccount': own }, Bool: { 'aws:PrincipalIsAWSService': 'false' } };
    const refused = { Version: '2012-10-17', Statement: [{ Sid: 'DenyOtherAccounts', Effect: 'Deny', Principal: '*', Action: ['secretsmanager:*'], Resource: ['*'], Condition: outsiders }] };
    expect(only(all('AWS::SecretsManager::ResourcePolicy'), 'SecretId', 'BlockPublicPolicy', 'ResourcePolicy')).to.deep.equal(
      Object.fromEntries([...(isPrimary ? Object.keys({ ...replicated, ...headers }) : []), 'CacheSecret'].map((id) => [`${id}Policy`, [id, true, refused]])),
    );
  });

  everywhere('LKC-86 LKC-97', 'stay in production when their stack goes, where somebody else gave their value or tokens rest on it', ({ stack, isPrimary, isProduction }) => {
    for (const id of isPrimary ? keptInProduction : []) {
      const { deletionPolicy, updateReplacePolicy } = stack.resources.get(id) ?? {};
      expect([deletionPolicy, updateReplacePolicy], id).to.deep.equal(isProduction ? ['RetainExceptOnCreate', 'Retain'] : ['Delete', 'Delete']);
    }
  });
});
