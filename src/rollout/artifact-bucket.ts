import { HeadObjectCommand, PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { artifactBucketTemplate } from '../../templates/bootstrap/artifact-bucket';
import { MeridianError } from '../errors';
import { awsCommand } from './aws-command';
import { artifactBucket, type Artifact } from './package';
import { isExpired } from './renewable-credentials';
import type { Target } from './target';

/**
 * Whether a region's bucket has an artifact. A bucket that is gone has none: S3 answers the same.
 * @throws MeridianError (exit 2) when S3 refuses to say
 */
export async function hasArtifact(target: Target, region: string, key: string): Promise<boolean> {
  try {
    await target.in(region).s3.send(new HeadObjectCommand({ ...place(target, region), Key: key }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') return false;
    throw explained(target, region, error);
  }
}

/**
 * Puts an artifact into a region's bucket; S3 checks the bytes by the hash that is their name.
 * @throws MeridianError (exit 2) when the bucket is gone or S3 refuses
 */
export async function putArtifact(target: Target, region: string, { key, bytes, contentType }: Artifact): Promise<void> {
  const ChecksumSHA256 = Buffer.from(key.slice(0, 64), 'hex').toString('base64');
  try {
    await target.in(region).s3.send(new PutObjectCommand({ ...place(target, region), Key: key, Body: bytes, ContentType: contentType, ChecksumSHA256 }));
  } catch (error) {
    throw explained(target, region, error);
  }
}

function place(target: Target, region: string): { Bucket: string; ExpectedBucketOwner: string } {
  return { Bucket: artifactBucket(target.account, region), ExpectedBucketOwner: target.account };
}

/**
 * The two refusals that a person can do something about. Their own words don't help: S3 answers a question about an object without a body.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
function explained(target: Target, region: string, error: unknown): unknown {
  if (isExpired(error) || !(error instanceof S3ServiceException)) return error;
  const bucket = artifactBucket(target.account, region);
  if (error.name === 'NoSuchBucket') {
    const { stackName } = artifactBucketTemplate;
    const forget = awsCommand(target, region, `cloudformation delete-stack --stack-name ${stackName}`);
    return new MeridianError(`Bucket ${bucket} gone: stack ${stackName} made it, somebody deleted it. Delete that stack, which has nothing else, with "${forget}", and run the same command again: it makes both anew.`, 2, { cause: error });
  }
  if (error.$metadata.httpStatusCode === 403) {
    return new MeridianError(
      `Bucket ${bucket} in ${region} not accessible: S3 refused with 403. It must belong to account ${target.account}, and your credentials, its bucket policy and your organization's policies must allow s3:ListBucket, s3:GetObject and s3:PutObject; correct that and run the same command again.`,
      2,
      { cause: error },
    );
  }
  return error;
}
