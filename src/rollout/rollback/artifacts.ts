import { GetObjectCommand } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { MeridianError } from '../../errors';
import { artifactBucket, sha256 } from '../package';
import type { Target } from '../target';
import { hasArtifact } from '../artifact-bucket';

/** Objects asked after at once. */
const concurrency = 8;

/** Keys of the artifacts that a packaged template names, nested templates and function bundles, in the order of their first mention. */
export function artifactKeys(text: string): string[] {
  return [...new Set(text.match(/\b[0-9a-f]{64}\.(?:json|zip)\b/g) ?? [])];
}

/**
 * A packaged template as it was uploaded.
 * @throws MeridianError (exit 2) when what the bucket holds is not what its key says; what S3 says when there is nothing
 */
export async function readArtifact(target: Target, region: string, key: string): Promise<string> {
  const Bucket = artifactBucket(target.account, region);
  const { Body } = await target.in(region).s3.send(new GetObjectCommand({ Bucket, Key: key, ExpectedBucketOwner: target.account }));
  const text = (await Body?.transformToString()) ?? '';
  if (key !== `${sha256(Buffer.from(text))}.json`) throw new MeridianError(`Template ${key} in ${Bucket} damaged: its content has another hash than its name. Restore the object's version that has it.`, 2);
  return text;
}

/** Where artifacts are needed. */
export interface ArtifactPlace {
  readonly account: string;
  readonly region: string;
  readonly keys: readonly string[];
}

/**
 * Makes sure that every artifact is there in every account and region that needs it.
 * @param what for the error, for example `Rollback of kasha production`
 * @throws MeridianError (exit 1) naming all that are missing
 */
export async function requireArtifacts(target: Target, what: string, places: readonly ArtifactPlace[]): Promise<void> {
  const limit = pLimit(concurrency);
  const looks = places.flatMap(({ account, region, keys }) =>
    keys.map((key) => limit(async () => ((await hasArtifact(target.of(account), region, key)) ? [] : [`  ${artifactBucket(account, region)}/${key}\n`]))),
  );
  const missing = [...new Set((await Promise.all(looks)).flat())].sort();
  if (missing.length === 0) return;
  const count = missing.length === 1 ? 'an artifact of the earlier version is' : `${missing.length} artifacts of the earlier version are`;
  throw new MeridianError(`${what} refused: ${count} missing.\n${missing.join('')}Nothing was changed. Restore them from the bucket's versions, or check out the commit that was rolled then and run "meridian rollout".`, 1);
}
