import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  S3Client,
  S3ServiceException,
  type AbortMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';

// A bucket's own host name does not resolve on the local AWS, which is the one that sets this variable.
const s3 = new S3Client({ maxAttempts: 10, forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined });

/**
 * Deletes everything in a bucket: unfinished multipart uploads, then all versions and delete markers in pages of 1,000,
 * the most that S3 deletes in one call. A bucket that does not exist counts as empty.
 *
 * @param owner the 12-digit account that must own the bucket, since a name can pass into other hands
 * @throws when S3 refuses to delete a version, for instance one under Object Lock
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/empty-bucket.html
 */
export async function emptyBucket(bucket: string, owner: string, signal: AbortSignal): Promise<void> {
  const target = { Bucket: bucket, ExpectedBucketOwner: owner };
  try {
    await abortUploads(target, signal);
    while (await deletePage(target, signal));
  } catch (error) {
    if (!isGone(error, 'NoSuchBucket')) throw error;
  }
}

interface BucketOfOwner {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}

async function abortUploads(target: BucketOfOwner, signal: AbortSignal): Promise<void> {
  let next: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (next) {
    const list: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({ ...target, ...next });
    const page = await s3.send(list, { abortSignal: signal });
    for (const { Key, UploadId } of page.Uploads ?? []) await abortUpload({ ...target, Key, UploadId }, signal);
    next = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : undefined;
  }
}

async function abortUpload(upload: AbortMultipartUploadCommandInput, signal: AbortSignal): Promise<void> {
  try {
    await s3.send(new AbortMultipartUploadCommand(upload), { abortSignal: signal });
  } catch (error) {
    if (!isGone(error, 'NoSuchUpload')) throw error;
  }
}

/** Deletes the first page of versions; false when there was none. */
async function deletePage(target: BucketOfOwner, signal: AbortSignal): Promise<boolean> {
  const page = await s3.send(new ListObjectVersionsCommand({ ...target, MaxKeys: 1000 }), { abortSignal: signal });
  const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
    Key,
    VersionId,
  }));
  if (Objects.length === 0) return false;
  const command = new DeleteObjectsCommand({ ...target, Delete: { Objects, Quiet: true } });
  const { Errors: refused = [] } = await s3.send(command, { abortSignal: signal });
  const [first] = refused;
  if (first) {
    throw new Error(
      `Bucket "${target.Bucket}": S3 refused to delete ${refused.length} of ${Objects.length} versions, ` +
        `the first "${first.Key}" with ${first.Code}: ${first.Message}. Remove the lock or policy, then delete the stack again.`,
    );
  }
  return true;
}

function isGone(error: unknown, code: 'NoSuchBucket' | 'NoSuchUpload'): boolean {
  return error instanceof S3ServiceException && error.name === code;
}
