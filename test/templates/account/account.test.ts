import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { resolveInstance, type ResolvedInstance, type ResolvedResource, type Template, type Value } from '../../../src/resolve';
import { account } from '../../../templates/account';
import { requirement } from '../../requirements/requirement';
import { recorded } from '../../requirements/view';
import { ofType, resourceOf } from '../built-system';
import { plain } from '../plain';

const [deployment, regional] = account.build('shared').deployments;
const template = JSON.parse(render(deployment!.templates.get('account')!.template)) as Template;

/** The account's template as it stands with these answers. */
function accountWith(answers: Readonly<Record<string, string>> = {}): ResolvedInstance {
  const parameters = { SpendingEmail: 'spending@example.com', SpendingMonitor: 'create', GitHubProvider: 'create', ...answers };
  return resolveInstance({ root: template, region: 'us-east-1', accountId: '111122223333', parameters });
}

const stack = accountWith();

function resource(id: string): ResolvedResource {
  const found = stack.resource(id);
  if (!found) throw new Error(`The account's template has no resource ${id}.`);
  return found;
}

const typesOf = (instance: ResolvedInstance): readonly string[] => [...instance.resources()].map(({ type }) => type);

describe('The account deployment', () => {
  it('is rolled once, in us-east-1', () => {
    expect(deployment!.regions).to.deep.equal({ create: ['us-east-1'], update: ['us-east-1'] });
  });

  it('records what is done in every region, in files that cannot be changed unnoticed', () => {
    expect(resource('Trail').properties).to.include({ IsLogging: true, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, EnableLogFileValidation: true });
    expect(stack.edgesFrom('Trail').map(({ to }) => to)).to.include.members(['TrailKey', 'TrailBucket', 'TrailLog']);
  });

  requirement('FIN-54 FIN-07', 'records every region’s API calls once for the account, in files that prove their own integrity, under a key of its own', () => {
    const { Trail, ...others } = ofType(recorded('account', stack.root), 'AWS::CloudTrail::Trail');
    expect(others).to.deep.equal({});
    const { IsLogging, IsMultiRegionTrail, IncludeGlobalServiceEvents, EnableLogFileValidation, KMSKeyId, S3BucketName } = Trail;
    expect(plain({ IsLogging, IsMultiRegionTrail, IncludeGlobalServiceEvents, EnableLogFileValidation, KMSKeyId, S3BucketName })).to.deep.equal({
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: 'TrailKey.Arn',
      S3BucketName: 'TrailBucket',
    });
  });

  it('keeps the records for seven years, locked for the first, when its stack goes', () => {
    const { properties, deletionPolicy } = resource('TrailBucket');
    expect(deletionPolicy).to.equal('RetainExceptOnCreate');
    expect(JSON.stringify(properties['LifecycleConfiguration'])).to.contain('"ExpirationInDays":2557');
    expect(properties['ObjectLockEnabled']).to.equal(true);
    expect(JSON.stringify(properties['ObjectLockConfiguration'])).to.contain('"Days":365');
  });

  it('admits only this trail to its bucket, over TLS', () => {
    const { Statement } = resource('TrailBucketPolicy').properties['PolicyDocument'] as unknown as { Statement: readonly { Sid: string; Effect: string; Condition: Record<string, Record<string, Value>> }[] };
    const trailArn = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/meridian-trail-main';
    for (const { Effect, Condition } of Statement.filter(({ Sid }) => Sid.startsWith('Trail'))) expect([Effect, Condition['StringEquals']?.['aws:SourceArn']]).to.deep.equal(['Allow', trailArn]);
    expect(Statement.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition)).to.deep.include({ Bool: { 'aws:SecureTransport': 'false' } });
  });

  it('lets the trail write to its log group and nowhere else', () => {
    const role = template.Resources?.['TrailRole']?.Properties as unknown as { Policies: [{ PolicyDocument: { Statement: readonly unknown[] } }] };
    expect(role.Policies[0].PolicyDocument.Statement).to.deep.equal([{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [{ 'Fn::GetAtt': ['TrailLog', 'Arn'] }] }]);
  });

  it('copies the images of every system from us-east-1, where they are pushed, to its other region', () => {
    expect(resource('ImageReplication').properties['ReplicationConfiguration']).to.deep.equal({
      Rules: [{ RepositoryFilters: ['cus-', 'fin-', 'fintechglobal-', 'kasha-', 'lookcard-'].map((Filter) => ({ FilterType: 'PREFIX_MATCH', Filter })), Destinations: [{ Region: 'ap-southeast-1', RegistryId: '111122223333' }] }],
    });
  });

  it('trusts GitHub’s tokens for AWS', () => {
    expect(resource('GitHubOidcProvider').properties).to.deep.include({ Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] });
  });

  const once: readonly { readonly answer: Readonly<Record<string, string>>; readonly what: string; readonly types: readonly string[] }[] = [
    { answer: { SpendingMonitor: 'exists' }, what: 'spending monitor', types: ['AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription'] },
    { answer: { GitHubProvider: 'exists' }, what: 'trust in GitHub', types: ['AWS::IAM::OIDCProvider'] },
  ];
  for (const { answer, what, types } of once) {
    it(`makes no second ${what} where the account has one, because AWS allows one`, () => {
      expect(typesOf(stack)).to.include.members(types);
      expect(typesOf(accountWith(answer))).not.to.include.members(types);
    });
  }

  it('mails unusual spending to the address given', () => {
    expect(resource('AnomalySubscription').properties['Subscribers']).to.deep.equal([{ Type: 'EMAIL', Address: 'spending@example.com' }]);
  });
});

describe('The account’s regional deployment', () => {
  const logs = JSON.parse(render(regional!.templates.get('api-gateway-logs')!.template)) as Template;

  it('is rolled in both regions, because API Gateway has its own settings in each', () => {
    expect(regional!.regions).to.deep.equal({ create: ['us-east-1', 'ap-southeast-1'], update: ['ap-southeast-1', 'us-east-1'] });
  });

  for (const region of ['us-east-1', 'ap-southeast-1']) {
    requirement('CUS-58', `gives API Gateway in ${region} a role for logs, and leaves it when the stack goes, because every API of the region logs by it`, () => {
      const instance = recorded(`api-gateway-logs ${region}`, resolveInstance({ root: logs, region, accountId: '111122223333', parameters: {} }));
      const { properties, deletionPolicy } = resourceOf(instance, 'ApiGatewayAccount');
      expect([plain(properties['CloudWatchRoleArn']), deletionPolicy]).to.deep.equal(['ApiGatewayLogRole.Arn', 'Retain']);
      const { RoleName, ManagedPolicyArns } = resourceOf(instance, 'ApiGatewayLogRole').properties;
      expect([RoleName, ManagedPolicyArns]).to.deep.equal([`meridian-api-gateway-logs-main-${region}`, ['arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs']]);
    });
  }
});
