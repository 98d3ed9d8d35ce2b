import { CloudFormationClient, CreateStackCommand, DescribeStackResourcesCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient, CreateDistributionCommand, GetDistributionConfigCommand } from '@aws-sdk/client-cloudfront';
import { CreateListenerCommand, CreateLoadBalancerCommand, CreateRuleCommand, DescribeRulesCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, GetSecretValueCommand, ReplicateSecretToRegionsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect } from 'chai';
import { bundleFunction } from '../../../src/build/bundle';
import { LOCAL_ACCOUNT, localClientConfig, startLocalAws, type LocalAws } from '../../../src/local-aws';
import type { Outcome } from '../../../src/functions/rotate-origin-header/rotation';

const home = 'ap-southeast-1';
const edge = 'us-east-1';
const name = 'rotate-origin-header';
const header = 'x-origin-verify';
const paths = ['/api/*', '/accounts/*'];
const artifacts = `meridian-artifacts-${LOCAL_ACCOUNT}-${edge}`;

describe('The function that rotates the origin header, deployed on the local AWS', function () {
  this.timeout(120_000);

  let aws: LocalAws;
  let distributionId: string;
  const ruleArns: Record<string, string> = {};

  before(async () => {
    aws = await startLocalAws();
    await makeSecret('current', 'first');
    await makeSecret('next', 'second');
    for (const region of [home, edge]) ruleArns[region] = await makeRule(region);
    distributionId = await makeDistribution();
    await deploy();
  });
  after(() => aws.stop());

  const config = (region: string) => localClientConfig(aws.endpoint, region);

  async function makeSecret(Name: string, value: string): Promise<void> {
    const client = new SecretsManagerClient(config(home));
    await client.send(new CreateSecretCommand({ Name, SecretString: JSON.stringify({ value }) }));
    await client.send(new ReplicateSecretToRegionsCommand({ SecretId: Name, AddReplicaRegions: [{ Region: edge }] }));
  }

  /** A rule that accepts both values on two paths. */
  async function makeRule(region: string): Promise<string> {
    const client = new ElasticLoadBalancingV2Client(config(region));
    const { LoadBalancers: [balancer] = [] } = await client.send(new CreateLoadBalancerCommand({ Name: 'portal', Subnets: ['subnet-1', 'subnet-2'] }));
    const refuse = { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '403' } };
    const { Listeners: [listener] = [] } = await client.send(new CreateListenerCommand({ LoadBalancerArn: balancer?.LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: [refuse] }));
    const { Rules: [rule] = [] } = await client.send(
      new CreateRuleCommand({
        ListenerArn: listener?.ListenerArn,
        Priority: 20,
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
        Conditions: [
          { Field: 'path-pattern', PathPatternConfig: { Values: paths } },
          { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: header, Values: ['first', 'second'] } },
        ],
      }),
    );
    return rule?.RuleArn ?? '';
  }

  /** A distribution that sends the current value to its origin. */
  async function makeDistribution(): Promise<string> {
    const origin = {
      Id: 'load-balancer',
      DomainName: 'origin.portal.example.com',
      CustomHeaders: { Quantity: 1, Items: [{ HeaderName: header, HeaderValue: 'first' }] },
      CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' as const },
    };
    const { Distribution } = await new CloudFrontClient(config(edge)).send(
      new CreateDistributionCommand({
        DistributionConfig: {
          CallerReference: 'portal',
          Comment: 'Portal',
          Enabled: true,
          Origins: { Quantity: 1, Items: [origin] },
          DefaultCacheBehavior: { TargetOriginId: 'load-balancer', ViewerProtocolPolicy: 'redirect-to-https' },
        },
      }),
    );
    return Distribution?.Id ?? '';
  }

  /** The function as it is rolled out, but for the time in which nothing may change: one second. */
  async function deploy(): Promise<void> {
    const { sha256, zip } = await bundleFunction(name);
    const s3 = new S3Client(config(edge));
    await s3.send(new CreateBucketCommand({ Bucket: artifacts }));
    await s3.send(new PutObjectCommand({ Bucket: artifacts, Key: `${sha256}.zip`, Body: zip }));
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
    const Variables = {
      DISTRIBUTION_ID: distributionId,
      HEADER_NAME: header,
      CURRENT_HEADER: 'current',
      NEXT_HEADER: 'next',
      HOME_REGION: home,
      RULE_ARNS: Object.values(ruleArns).join(),
      ROTATION_DAYS: '90',
      QUIET_SECONDS: '1',
    };
    const Resources = {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: { FunctionName: name, Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 900, Code: { S3Bucket: artifacts, S3Key: `${sha256}.zip` }, Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Environment: { Variables } },
      },
    };
    const client = new CloudFormationClient(config(edge));
    await client.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify({ Resources }), Capabilities: ['CAPABILITY_IAM'] }));
    await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.3 }, { StackName: name });
    expect((await client.send(new DescribeStackResourcesCommand({ StackName: name }))).StackResources).to.have.lengthOf(2);
  }

  async function invoke(event: object): Promise<Outcome> {
    const authorization = `AWS4-HMAC-SHA256 Credential=${LOCAL_ACCOUNT}/20260101/${edge}/lambda/aws4_request, SignedHeaders=host, Signature=0`;
    const answer = await fetch(`${aws.endpoint}/2015-03-31/functions/${name}/invocations`, { method: 'POST', headers: { authorization }, body: JSON.stringify(event) });
    return (await answer.json()) as Outcome;
  }

  async function sent(): Promise<string | undefined> {
    const { DistributionConfig } = await new CloudFrontClient(config(edge)).send(new GetDistributionConfigCommand({ Id: distributionId }));
    return DistributionConfig?.Origins?.Items?.[0]?.CustomHeaders?.Items?.[0]?.HeaderValue;
  }

  /** What a region's rule asks for: the paths and the header's values. */
  async function asks(region: string): Promise<unknown> {
    const { Rules: [rule] = [] } = await new ElasticLoadBalancingV2Client(config(region)).send(new DescribeRulesCommand({ RuleArns: [ruleArns[region] ?? ''] }));
    return rule?.Conditions?.map(({ PathPatternConfig, HttpHeaderConfig }) => PathPatternConfig?.Values ?? HttpHeaderConfig?.Values);
  }

  async function held(region: string, SecretId: string): Promise<string> {
    const { SecretString = '' } = await new SecretsManagerClient(config(region)).send(new GetSecretValueCommand({ SecretId }));
    return (JSON.parse(SecretString) as { value: string }).value;
  }

  it('does nothing while the value is young', async () => {
    expect(await invoke({})).to.deep.equal({ isFinished: true, steps: [] });
    expect([await sent(), await asks(home)]).to.deep.equal(['first', [paths, ['first', 'second']]]);
  });

  it('goes through every step when it is asked to, and both regions accept what CloudFront sends then, and the next value', async () => {
    const { isFinished, steps } = await invoke({ rotate: true });
    expect([isFinished, steps.length]).to.deep.equal([true, 5]);
    const next = await held(home, 'next');
    expect([await sent(), await held(home, 'current'), await held(edge, 'current'), await held(edge, 'next')]).to.deep.equal(['second', 'second', 'second', next]);
    expect(next).to.match(/^[0-9a-f]{64}$/);
    for (const region of [home, edge]) expect(await asks(region), region).to.deep.equal([paths, ['second', next]]);
  });
});
