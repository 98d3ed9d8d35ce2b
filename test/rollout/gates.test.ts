import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeImagesCommand, ImageNotFoundException } from '@aws-sdk/client-ecr';
import { GetHostedZoneCommand } from '@aws-sdk/client-route-53';
import { mockClient } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { checkGate } from '../../src/rollout/gates';
import { imageOf, imageProblems } from '../../src/rollout/preflight/images';
import { Target } from '../../src/rollout/target';
import { WrittenDist } from './support/built';

const account = '111111111111';
const digest = `sha256:${'a'.repeat(64)}`;
const own = `${account}.dkr.ecr.us-east-1.amazonaws.com/shop/web@${digest}`;

describe('gates', () => {
  const dist = new WrittenDist();
  const build = dist.build({ name: 'app', templates: { root: { body: { Parameters: { WebImage: { Type: 'String' } }, Resources: {} } } } });
  const part = (image: string) => ({ build, parameters: { file: 'parameters/paper/test.yaml', suffix: 'main', values: { WebImage: image } } });
  const aws = new Target({ kind: 'aws', account });
  const local = new Target({ kind: 'local', endpoint: 'http://127.0.0.1:1' });
  const roots = new Map([['us-east-1', 'root'], ['ap-southeast-1', 'root']]);
  const stacks = mockClient(aws.in('us-east-1').cloudFormation);
  const dns = mockClient(aws.route53);
  const registries = [...roots.keys()].map((region) => mockClient(aws.in(region).ecr));
  beforeEach(() => [stacks, dns, ...registries].forEach((mock) => mock.reset()));
  after(() => {
    [aws, local].forEach((target) => target.close());
    dist.remove();
  });

  const delegation = (answer: () => Promise<string[]>) => {
    const nested = { ResourceType: 'AWS::CloudFormation::Stack', PhysicalResourceId: 'nested' };
    const zone = { ResourceType: 'AWS::Route53::HostedZone', PhysicalResourceId: 'Z1' };
    const summary = { LogicalResourceId: 'x', LastUpdatedTimestamp: new Date(0), ResourceStatus: 'CREATE_COMPLETE' as const };
    stacks.on(ListStackResourcesCommand, { StackName: 'root' }).resolves({ StackResourceSummaries: [{ ...summary, ...nested }] });
    stacks.on(ListStackResourcesCommand, { StackName: 'nested' }).resolves({ StackResourceSummaries: [{ ...summary, ...zone }] });
    dns.on(GetHostedZoneCommand, { Id: 'Z1' }).resolves({ HostedZone: { Id: 'Z1', Name: 'shop.example.com.', CallerReference: '1' }, DelegationSet: { NameServers: ['NS-1.example.net', 'ns-2.example.org.'] } });
    return checkGate(aws, 'delegation', part(own), new Map([['us-east-1', 'root']]), answer);
  };

  it('delegation opens when DNS answers with the name servers of the zone', async () => {
    expect(await delegation(async () => ['ns-2.example.org', 'ns-1.example.net'])).to.equal(undefined);
  });

  for (const [when, answer] of [
    ['nobody answers', async () => Promise.reject(Object.assign(new Error('queryNs ENOTFOUND'), { code: 'ENOTFOUND' }))],
    ['other name servers answer', async () => ['ns-9.example.net']],
  ] as const) {
    it(`delegation stops with the records to add when ${when}`, async () => {
      const stop = await delegation(answer);
      expect(stop?.records).to.deep.equal(['ns-1.example.net', 'ns-2.example.org'].map((value) => ({ name: 'shop.example.com', type: 'NS', value })));
      expect(stop?.message).to.match(/^Domain shop\.example\.com not delegated yet: /);
    });
  }

  it('delegation does not mistake a machine without DNS for a missing delegation', async () => {
    const error = await delegation(async () => Promise.reject(Object.assign(new Error('queryNs ECONNREFUSED'), { code: 'ECONNREFUSED' }))).catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(Error);
  });

  it('delegation always passes on the local AWS', async () => {
    expect(await checkGate(local, 'delegation', part(own), roots)).to.equal(undefined);
  });

  it('images passes when every region has the digest, and asks nothing about public images', async () => {
    for (const images of registries) images.on(DescribeImagesCommand).resolves({});
    expect(await checkGate(aws, 'images', part(own), roots)).to.equal(undefined);
    const asked = registries.flatMap((images) => images.commandCalls(DescribeImagesCommand).map(({ args }) => args[0].input));
    expect(asked).to.deep.equal(Array(2).fill({ repositoryName: 'shop/web', imageIds: [{ imageDigest: digest }] }));
    for (const images of registries) images.resetHistory();
    expect(await checkGate(aws, 'images', part(`public.ecr.aws/nginx/nginx@${digest}`), roots)).to.equal(undefined);
    expect(registries.flatMap((images) => images.calls())).to.have.length(0);
  });

  it('images looks into the registry of an account that the part goes to', async () => {
    const other = '222222222222';
    const there = [...roots.keys()].map((region) => mockClient(aws.of(other).in(region).ecr));
    for (const images of there) images.on(DescribeImagesCommand).rejects(new ImageNotFoundException({ message: 'gone', $metadata: {} }));
    const { build: of, parameters } = part(own.replace(account, other));
    expect(await checkGate(aws, 'images', { build: of, parameters }, roots), 'but into no other').to.equal(undefined);
    const stop = await checkGate(aws, 'images', { build: of, parameters: { ...parameters, accounts: [other] } }, roots);
    expect(stop?.message).to.match(/^Images missing: WebImage shop\/web@/);
  });

  it('images stops with what is missing where', async () => {
    for (const images of registries) images.on(DescribeImagesCommand).rejects(new ImageNotFoundException({ message: 'gone', $metadata: {} }));
    const stop = await checkGate(aws, 'images', part(own), roots);
    expect(stop?.message).to.equal(`Images missing: WebImage shop/web@${digest} in us-east-1; WebImage shop/web@${digest} in ap-southeast-1. Push them, wait for the replication, and run the same command again.`);
  });

  for (const [uri, expected] of [
    [own, { account, repository: 'shop/web', digest }],
    [`public.ecr.aws/nginx/nginx@${digest}`, { repository: 'public.ecr.aws/nginx/nginx', digest }],
    ['nginx:latest', undefined],
    ['nginx', undefined],
    [`nginx@sha256:${'a'.repeat(63)}`, undefined],
  ] as const) {
    it(`${expected ? 'takes' : 'refuses'} the image ${uri}`, () => {
      expect(imageOf(uri)).to.deep.equal(expected);
      expect(imageProblems(part(uri))).to.have.length(expected ? 0 : 1);
    });
  }
});
