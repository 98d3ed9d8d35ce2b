import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { emptyBucket } from '../../../src/functions/empty/bucket';

const account = '111122223333';
const signal = new AbortController().signal;

function refusal(name: string): S3ServiceException {
  return new S3ServiceException({ name, message: name, $fault: 'client', $metadata: {} });
}

describe('Emptying a bucket', () => {
  let s3: AwsClientStub<S3Client>;
  let versions: { Key: string; VersionId: string }[];
  let markers: { Key: string; VersionId: string }[];

  beforeEach(() => {
    s3 = mockClient(S3Client);
    versions = [];
    markers = [];
    s3.on(ListMultipartUploadsCommand).resolves({});
    s3.on(ListObjectVersionsCommand).callsFake(() => ({
      Versions: versions.slice(0, 600),
      DeleteMarkers: markers.slice(0, 400),
    }));
    s3.on(DeleteObjectsCommand).callsFake(({ Delete }) => {
      const gone = new Set((Delete.Objects as { VersionId: string }[]).map(({ VersionId }) => VersionId));
      versions = versions.filter(({ VersionId }) => !gone.has(VersionId));
      markers = markers.filter(({ VersionId }) => !gone.has(VersionId));
      return {};
    });
  });
  afterEach(() => s3.restore());

  it('deletes every version and delete marker, in pages of at most 1,000', async () => {
    versions = Array.from({ length: 1500 }, (_, n) => ({ Key: `k${n}`, VersionId: `v${n}` }));
    markers = Array.from({ length: 700 }, (_, n) => ({ Key: `k${n}`, VersionId: `m${n}` }));
    await emptyBucket('logs', account, signal);
    expect([...versions, ...markers]).to.deep.equal([]);
    const pages = s3.commandCalls(DeleteObjectsCommand).map(({ args: [{ input }] }) => input.Delete?.Objects?.length);
    expect(pages).to.deep.equal([1000, 900, 300]);
  });

  it('aborts unfinished multipart uploads on every page', async () => {
    s3.on(ListMultipartUploadsCommand)
      .resolvesOnce({
        Uploads: [{ Key: 'a', UploadId: '1' }],
        IsTruncated: true,
        NextKeyMarker: 'a',
        NextUploadIdMarker: '1',
      })
      .resolvesOnce({ Uploads: [{ Key: 'b', UploadId: '2' }], IsTruncated: false });
    s3.on(AbortMultipartUploadCommand).resolvesOnce({}).rejectsOnce(refusal('NoSuchUpload'));
    await emptyBucket('logs', account, signal);
    expect(s3.commandCalls(ListMultipartUploadsCommand)[1]?.args[0].input).to.include({
      KeyMarker: 'a',
      UploadIdMarker: '1',
    });
    expect(s3.commandCalls(AbortMultipartUploadCommand).map(({ args: [{ input }] }) => input.UploadId)).to.deep.equal([
      '1',
      '2',
    ]);
  });

  it('touches only a bucket of its own account', async () => {
    versions = [{ Key: 'k', VersionId: 'v' }];
    await emptyBucket('logs', account, signal);
    const owners = s3
      .calls()
      .map(({ args: [{ input }] }) => (input as { ExpectedBucketOwner?: string }).ExpectedBucketOwner);
    expect(owners).to.have.lengthOf(4);
    expect(new Set(owners)).to.deep.equal(new Set([account]));
  });

  it('succeeds when the bucket is gone already', async () => {
    s3.on(ListMultipartUploadsCommand).rejects(refusal('NoSuchBucket'));
    await emptyBucket('logs', account, signal);
  });

  it('fails with the first version that S3 refuses to delete', async () => {
    versions = [
      { Key: 'a', VersionId: '1' },
      { Key: 'b', VersionId: '2' },
    ];
    s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: 'b', Code: 'AccessDenied', Message: 'Object is locked' }] });
    const error = await emptyBucket('logs', account, signal).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).to.equal(
      'Bucket "logs": S3 refused to delete 1 of 2 versions, the first "b" with AccessDenied: Object is locked. ' +
        'Remove the lock or policy, then delete the stack again.',
    );
  });

  it('passes on what else S3 says', async () => {
    s3.on(ListObjectVersionsCommand).rejects(refusal('AccessDenied'));
    const error = await emptyBucket('logs', account, signal).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.name).to.equal('AccessDenied');
  });
});
