import { CloudFrontClient, GetDistributionCommand, PreconditionFailed, UpdateDistributionCommand, type DistributionConfig, type Origin } from '@aws-sdk/client-cloudfront';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { distribution } from '../../../src/functions/rotate-origin-header/distribution';

const origin = (Id: string, value: string, name = 'X-Origin-Verify'): Origin => ({
  Id,
  DomainName: `${Id}.example.com`,
  CustomHeaders: { Quantity: 2, Items: [{ HeaderName: 'x-other', HeaderValue: 'stays' }, { HeaderName: name, HeaderValue: value }] },
});
const config = (...origins: Origin[]): DistributionConfig => ({
  CallerReference: 'once',
  Comment: 'Portal',
  Enabled: true,
  WebACLId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1',
  DefaultCacheBehavior: { TargetOriginId: 'one', ViewerProtocolPolicy: 'redirect-to-https' },
  Origins: { Quantity: origins.length, Items: origins },
});
const changed = new Date('2026-01-01');

describe('A distribution whose origins get the header', () => {
  let stub: AwsClientStub<CloudFrontClient>;
  beforeEach(() => void (stub = mockClient(CloudFrontClient)));
  afterEach(() => stub.restore());

  const subject = () => distribution(new CloudFrontClient({ region: 'us-east-1' }), 'E1', 'x-origin-verify');
  function holds(DistributionConfig: DistributionConfig, { Status = 'Deployed', ETag = 'v1' } = {}): void {
    stub.on(GetDistributionCommand, { Id: 'E1' }).resolves({ ETag, Distribution: { Id: 'E1', ARN: 'arn', Status, LastModifiedTime: changed, InProgressInvalidationBatches: 0, DomainName: 'd.example.net', DistributionConfig } });
  }

  it('is found with the one value that all origins get, however the header is written', async () => {
    holds(config(origin('one', 'a'), origin('two', 'a', 'x-origin-verify')));
    expect(await subject().find()).to.deep.equal({ sends: ['a'], isDeployed: true, version: 'v1', changed });
  });

  it('is found with every value when origins get different ones, and as not deployed while it is being deployed', async () => {
    holds(config(origin('one', 'a'), origin('two', 'b')), { Status: 'InProgress' });
    expect(await subject().find()).to.deep.equal({ sends: ['a', 'b'], isDeployed: false, version: 'v1', changed });
  });

  it('changes the header of every origin, and leaves all else as it was read', async () => {
    holds(config(origin('one', 'a'), origin('two', 'b')));
    stub.on(UpdateDistributionCommand).resolves({});
    expect(await subject().send('c', 'v1')).to.equal(true);
    expect(stub.commandCalls(UpdateDistributionCommand).map(({ args: [{ input }] }) => input)).to.deep.equal([{ Id: 'E1', IfMatch: 'v1', DistributionConfig: config(origin('one', 'c'), origin('two', 'c')) }]);
  });

  it('is left alone when it is another version than the one that was looked at', async () => {
    holds(config(origin('one', 'a')), { ETag: 'v2' });
    expect(await subject().send('c', 'v1')).to.equal(false);
    expect(stub.commandCalls(UpdateDistributionCommand)).to.deep.equal([]);
  });

  it('is left alone when it becomes another version at the same moment', async () => {
    holds(config(origin('one', 'a')));
    stub.on(UpdateDistributionCommand).rejects(new PreconditionFailed({ message: 'stale', $metadata: {} }));
    expect(await subject().send('c', 'v1')).to.equal(false);
  });

  it('fails when CloudFront refuses the change for another reason', async () => {
    holds(config(origin('one', 'a')));
    stub.on(UpdateDistributionCommand).rejects(new Error('Unable to verify read permissions on Web ACL'));
    expect(await subject().send('c', 'v1').catch((error: unknown) => error)).to.be.an('error').with.property('message', 'Unable to verify read permissions on Web ACL');
  });

  it('fails, naming the origin, when an origin gets no such header', async () => {
    holds(config(origin('one', 'a'), { Id: 'two', DomainName: 'two.example.com' }));
    expect(await subject().find().catch((error: unknown) => error)).to.be.an('error').with.property('message', 'Distribution E1: origin two gets no header x-origin-verify. Roll the edge deployment out, which gives it one.');
  });

  it('fails when the answer has no configuration', async () => {
    stub.on(GetDistributionCommand).resolves({});
    expect(await subject().find().catch((error: unknown) => error)).to.be.an('error').with.property('message').that.includes('answer has no configuration');
  });
});
