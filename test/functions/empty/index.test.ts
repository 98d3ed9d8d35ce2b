import { CloudFormationClient, DescribeStacksCommand, type StackStatus } from '@aws-sdk/client-cloudformation';
import { GetHostedZoneCommand, ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { ListMultipartUploadsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import type { CustomResourceRequest } from '../../../src/functions/custom-resource/request';
import { handler } from '../../../src/functions/empty';
import { startResponseServer, type ResponseServer } from '../custom-resource/response-server';

const stackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/kasha-network/1';

describe('The emptying custom resource', () => {
  let s3: AwsClientStub<S3Client>;
  let route53: AwsClientStub<Route53Client>;
  let cloudFormation: AwsClientStub<CloudFormationClient>;
  const log = console.error;
  let server: ResponseServer;

  beforeEach(async () => {
    server = await startResponseServer();
    console.error = () => undefined;
    s3 = mockClient(S3Client);
    route53 = mockClient(Route53Client);
    cloudFormation = mockClient(CloudFormationClient);
    s3.on(ListMultipartUploadsCommand).resolves({});
    s3.on(ListObjectVersionsCommand).resolves({});
    route53.on(GetHostedZoneCommand).resolves({});
    route53.on(ListResourceRecordSetsCommand).resolves({});
    stackIs('DELETE_IN_PROGRESS');
  });
  afterEach(async () => {
    console.error = log;
    for (const mock of [s3, route53, cloudFormation]) mock.restore();
    await server.stop();
  });

  function stackIs(StackStatus: StackStatus): void {
    const stack = { StackName: 'kasha-network', CreationTime: new Date(0), StackStatus };
    cloudFormation.on(DescribeStacksCommand, { StackName: stackId }).resolves({ Stacks: [stack] });
  }

  const bucket = { ResourceType: 'Custom::EmptyBucket', ResourceProperties: { BucketName: 'logs' } };
  const zone = { ResourceType: 'Custom::EmptyZone', ResourceProperties: { HostedZoneId: 'Z1' } };

  type Kind = Pick<CustomResourceRequest, 'ResourceType' | 'ResourceProperties'>;
  const create = (kind: Kind) => answer({ RequestType: 'Create' }, kind);
  const update = (kind: Kind, id: string) =>
    answer({ RequestType: 'Update', PhysicalResourceId: id, OldResourceProperties: {} }, kind);
  const remove = (kind: Kind, id: string) => answer({ RequestType: 'Delete', PhysicalResourceId: id }, kind);

  async function answer(type: object, kind: Kind) {
    const fields = { RequestId: 'request-1', ResponseURL: server.url, StackId: stackId, LogicalResourceId: 'Emptier' };
    await handler({ ...fields, ...kind, ...type } as CustomResourceRequest, { getRemainingTimeInMillis: () => 60_000 });
    return server.received.at(-1)?.body;
  }

  for (const { kind, id } of [
    { kind: bucket, id: 'empty-bucket/logs' },
    { kind: zone, id: 'empty-zone/Z1' },
  ]) {
    it(`touches nothing when ${kind.ResourceType} is created or updated, and is identified by its target`, async () => {
      expect(await create(kind)).to.include({ Status: 'SUCCESS', PhysicalResourceId: id });
      expect(await update(kind, id)).to.include({ Status: 'SUCCESS', PhysicalResourceId: id });
      expect([...s3.calls(), ...route53.calls(), ...cloudFormation.calls()]).to.deep.equal([]);
    });
  }

  it('becomes another resource when its target changes', async () => {
    expect(await update(bucket, 'empty-bucket/old')).to.include({
      Status: 'SUCCESS',
      PhysicalResourceId: 'empty-bucket/logs',
    });
  });

  for (const status of ['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'] as const) {
    it(`empties its bucket while the stack is in ${status}`, async () => {
      stackIs(status);
      expect(await remove(bucket, 'empty-bucket/logs')).to.include({ Status: 'SUCCESS' });
      expect(s3.commandCalls(ListObjectVersionsCommand)).to.have.lengthOf(1);
    });
  }

  it('empties its zone while the stack is deleted', async () => {
    expect(await remove(zone, 'empty-zone/Z1')).to.include({ Status: 'SUCCESS' });
    expect(route53.commandCalls(ListResourceRecordSetsCommand)).to.have.lengthOf(1);
  });

  for (const status of [
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  ] as const) {
    it(`leaves a living bucket alone when an update removes only the custom resource (${status})`, async () => {
      stackIs(status);
      expect(await remove(bucket, 'empty-bucket/logs')).to.include({ Status: 'SUCCESS' });
      expect(s3.calls()).to.deep.equal([]);
    });
  }

  for (const { title, kind, id } of [
    { title: 'whose creation failed', kind: bucket, id: 'request-1' },
    { title: 'of another target than its properties name', kind: bucket, id: 'empty-bucket/other' },
    { title: 'that never had a target', kind: { ...bucket, ResourceProperties: {} }, id: 'request-1' },
  ]) {
    it(`lets a custom resource ${title} go without touching anything`, async () => {
      expect(await remove(kind, id)).to.include({ Status: 'SUCCESS', PhysicalResourceId: id });
      expect([...s3.calls(), ...cloudFormation.calls()]).to.deep.equal([]);
    });
  }

  for (const { title, kind, reason } of [
    {
      title: 'without a bucket name',
      kind: { ...bucket, ResourceProperties: {} },
      reason: 'Emptier: Custom::EmptyBucket has no BucketName. Give it as a non-empty string.',
    },
    {
      title: 'with an empty zone id',
      kind: { ...zone, ResourceProperties: { HostedZoneId: '' } },
      reason: 'Emptier: Custom::EmptyZone has no HostedZoneId. Give it as a non-empty string.',
    },
    {
      title: 'of a foreign type',
      kind: { ...bucket, ResourceType: 'Custom::Other' },
      reason: 'Emptier: Custom::Other is no type of this function. Use Custom::EmptyBucket or Custom::EmptyZone.',
    },
  ]) {
    it(`refuses to be created ${title}`, async () => {
      expect(await create(kind)).to.include({ Status: 'FAILED', Reason: reason });
    });
  }

  it('fails the deletion when it may not read the state of its stack', async () => {
    cloudFormation
      .on(DescribeStacksCommand)
      .rejects(Object.assign(new Error('not authorized'), { name: 'AccessDenied' }));
    expect(await remove(bucket, 'empty-bucket/logs')).to.include({
      Status: 'FAILED',
      Reason: 'AccessDenied: not authorized',
    });
    expect(s3.calls()).to.deep.equal([]);
  });
});
