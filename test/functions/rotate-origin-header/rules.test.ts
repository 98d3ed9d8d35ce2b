import { DescribeRulesCommand, ElasticLoadBalancingV2Client, ModifyRuleCommand, type RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { regionOf, rules } from '../../../src/functions/rotate-origin-header/rules';

const arnIn = (region: string, id: string): string => `arn:aws:elasticloadbalancing:${region}:111122223333:listener-rule/app/portal/1/2/${id}`;
const [api, web, other] = [arnIn('ap-southeast-1', 'api'), arnIn('ap-southeast-1', 'web'), arnIn('us-east-1', 'web')];
const paths: RuleCondition = { Field: 'path-pattern', Values: ['/api/*', '/accounts/*'], PathPatternConfig: { Values: ['/api/*', '/accounts/*'] } };
const older: RuleCondition = { Field: 'host-header', Values: ['portal.example.com'] };
const header = (...Values: string[]): RuleCondition => ({ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Origin-Verify', Values } });

describe('Listener rules that ask for the header', () => {
  let stub: AwsClientStub<ElasticLoadBalancingV2Client>;
  let regions: string[];
  beforeEach(() => {
    stub = mockClient(ElasticLoadBalancingV2Client);
    regions = [];
    stub.on(DescribeRulesCommand, { RuleArns: [api, web] }).resolves({ Rules: [{ RuleArn: web, Conditions: [header('a', 'b')] }, { RuleArn: api, Conditions: [paths, header('a', 'c')] }] });
    stub.on(DescribeRulesCommand, { RuleArns: [other] }).resolves({ Rules: [{ RuleArn: other, Conditions: [header('d')] }] });
  });
  afterEach(() => stub.restore());

  const subject = (...arns: string[]) =>
    rules(arns, 'x-origin-verify', (region) => {
      regions.push(region);
      return new ElasticLoadBalancingV2Client({ region });
    });

  it('are found in each region once, each with the values that it accepts', async () => {
    expect(await subject(api, web, other).find()).to.deep.equal([{ arn: api, accepts: ['a', 'c'] }, { arn: web, accepts: ['a', 'b'] }, { arn: other, accepts: ['d'] }]);
    expect(regions).to.deep.equal(['ap-southeast-1', 'us-east-1']);
  });

  it('keep their other conditions when the values change, each said once, as the API takes them', async () => {
    stub.on(DescribeRulesCommand, { RuleArns: [api] }).resolves({ Rules: [{ RuleArn: api, Conditions: [paths, older, { ...header('a', 'c'), Values: [] }] }] });
    stub.on(ModifyRuleCommand).resolves({});
    await subject(api, web).accept(api, ['b', 'c']);
    expect(stub.commandCalls(ModifyRuleCommand).map(({ args: [{ input }] }) => input)).to.deep.equal([
      { RuleArn: api, Conditions: [{ Field: 'path-pattern', PathPatternConfig: paths.PathPatternConfig }, older, header('b', 'c')] },
    ]);
  });

  for (const { title, Rules } of [
    { title: 'is gone', Rules: [] },
    { title: 'asks for nothing but a path', Rules: [{ RuleArn: other, Conditions: [paths] }] },
    { title: 'asks for another header', Rules: [{ RuleArn: other, Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'x-other', Values: ['a'] } }] }] },
  ]) {
    it(`are not touched, and named, when one ${title}`, async () => {
      stub.on(DescribeRulesCommand, { RuleArns: [other] }).resolves({ Rules });
      const message = `Listener rule ${other}: it does not ask for the header x-origin-verify. Roll the platform deployment out, which makes it do so.`;
      for (const act of [() => subject(other).find(), () => subject(other).accept(other, ['b'])]) expect(await act().catch((error: unknown) => error)).to.be.an('error').with.property('message', message);
      expect(stub.commandCalls(ModifyRuleCommand)).to.deep.equal([]);
    });
  }

  describe('of a listener', () => {
    const listener = 'arn:aws:elasticloadbalancing:ap-southeast-1:111122223333:listener/app/portal/1/2';

    it('are all that ask for it, on whatever page, and no others', async () => {
      stub.on(DescribeRulesCommand, { ListenerArn: listener }).resolves({ Rules: [{ RuleArn: api, Conditions: [paths, header('a', 'b')] }, { RuleArn: 'health', Conditions: [paths] }, { RuleArn: 'default', IsDefault: true }], NextMarker: 'more' });
      stub.on(DescribeRulesCommand, { ListenerArn: listener, Marker: 'more' }).resolves({ Rules: [{ RuleArn: web, Conditions: [header('c')] }] });
      expect(await subject(listener, other).find()).to.deep.equal([{ arn: api, accepts: ['a', 'b'] }, { arn: web, accepts: ['c'] }, { arn: other, accepts: ['d'] }]);
    });

    it('are missed when there are none', async () => {
      stub.on(DescribeRulesCommand, { ListenerArn: listener }).resolves({ Rules: [{ RuleArn: 'health', Conditions: [paths] }] });
      expect(await subject(listener).find().catch((error: unknown) => error)).to.be.an('error').with.property('message', `Listener ${listener}: none of its rules asks for the header x-origin-verify. Roll the deployments with its rules out, which make them do so.`);
    });
  });

  it('are in the region that their ARN names', () => {
    expect(regionOf(api)).to.equal('ap-southeast-1');
    expect(() => regionOf('web')).to.throw('"web": no ARN with a region.');
  });
});
