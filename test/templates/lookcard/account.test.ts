import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { resolveInstance, type Template } from '../../../src/resolve';
import { account } from '../../../templates/account';
import { requirement } from '../../requirements/requirement';
import { recorded } from '../../requirements/view';
import { ofType } from '../built-system';
import { only, plain } from '../plain';

const [deployment] = account.build('shared').deployments;
const template = JSON.parse(render(deployment!.templates.get('account')!.template)) as Template;
const parameters = { SpendingEmail: 'spending@example.com', SpendingMonitor: 'create', GitHubProvider: 'create' };
const stack = recorded('account', resolveInstance({ root: template, region: 'us-east-1', accountId: '111122223333', parameters }).root);

describe('LookCard’s account', () => {
  requirement('LKC-94', 'records the API calls of all regions once, in validated files under a key of its own and in CloudWatch Logs', () => {
    expect(only(ofType(stack, 'AWS::CloudTrail::Trail'), 'IsLogging', 'IsMultiRegionTrail', 'IncludeGlobalServiceEvents', 'EnableLogFileValidation', 'KMSKeyId', 'S3BucketName', 'CloudWatchLogsLogGroupArn')).to.deep.equal({
      Trail: [true, true, true, true, 'TrailKey.Arn', 'TrailBucket', 'TrailLog.Arn'],
    });
  });

  requirement('LKC-61', 'copies LookCard’s images from us-east-1 to ap-southeast-1, where production runs', () => {
    const { ImageReplication } = ofType(stack, 'AWS::ECR::ReplicationConfiguration');
    const [rule] = ImageReplication.ReplicationConfiguration.Rules as readonly [Readonly<Record<string, any>>];
    expect(plain(rule.Destinations)).to.deep.equal([{ Region: 'ap-southeast-1', RegistryId: '111122223333' }]);
    expect(plain(rule.RepositoryFilters[4])).to.deep.equal({ FilterType: 'PREFIX_MATCH', Filter: 'lookcard-' });
  });
});
