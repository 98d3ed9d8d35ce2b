import pLimit from 'p-limit';
import { MeridianError } from '../errors';
import { inAccounts } from './accounts/in-accounts';
import { accountsOfNode } from './accounts/accounts';
import { hasArtifact, putArtifact } from './artifact-bucket';
import type { RolloutNode } from './nodes';
import { artifactBucket, type Artifact, type DeploymentPackage } from './package';
import type { Listener } from './progress';
import type { Target } from './target';

/** What an upload did in one region. */
export interface UploadSummary {
  readonly region: string;
  readonly uploaded: number;
  readonly present: number;
  /** Bytes sent. */
  readonly bytes: number;
}

/** Objects asked after or sent at once, per region: enough to hide the latency, far below S3's 3,500 writes a second. */
const concurrency = 8;

/**
 * Brings artifacts into the bucket of a region, and makes sure that each can be read there; what is there already is not sent.
 * Every call names the bucket's owner, so that a bucket of that name in somebody else's account is refused.
 * @throws MeridianError (exit 2) when the bucket is gone, S3 refuses, or does not find what it took
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
export async function upload(target: Target, region: string, artifacts: readonly Artifact[]): Promise<UploadSummary> {
  const limit = pLimit(concurrency);
  const unique = [...new Map(artifacts.map((artifact) => [artifact.key, artifact])).values()];
  const present = await Promise.all(unique.map((artifact) => limit(() => hasArtifact(target, region, artifact.key))));
  const absent = unique.filter((_, index) => !present[index]);
  await Promise.all(absent.map((artifact) => limit(() => putArtifact(target, region, artifact))));
  const unread = await Promise.all(absent.map((artifact) => limit(() => hasArtifact(target, region, artifact.key))));
  if (unread.includes(false)) {
    const bucket = artifactBucket(target.account, region);
    throw new MeridianError(`Artifacts in ${bucket} not readable: S3 took them and does not find them. Check the bucket's policy and lifecycle, and run the same command again.`, 2);
  }
  return { region, uploaded: absent.length, present: unique.length - absent.length, bytes: absent.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

/**
 * Brings what nodes need into the buckets of all their accounts, and roots that are too large for a request into the one of their
 * StackSet's home region. Throws as `upload` does.
 * @param packages by StackSet
 */
export async function uploadAll(target: Target, nodes: readonly RolloutNode[], packages: ReadonlyMap<string, DeploymentPackage>, listener: Listener): Promise<void> {
  const places = new Map<string, { readonly account: string; readonly region: string; readonly artifacts: Artifact[] }>();
  const add = (account: string, region: string, artifacts: readonly Artifact[]): void => {
    const place = places.get(`${account}/${region}`) ?? { account, region, artifacts: [] };
    places.set(`${account}/${region}`, place);
    place.artifacts.push(...artifacts);
  };
  for (const node of nodes) {
    const { artifacts, root, rootByUrl } = packages.get(node.stackSet)!;
    for (const account of accountsOfNode(target, node)) add(account, node.region, artifacts);
    if (rootByUrl) add(target.account, node.build.homeRegion, [root]);
  }
  const named = new Set([...places.values()].map(({ account }) => account)).size > 1;
  const summaries = await inAccounts([...places.values()], async ({ account, region, artifacts }) => ({ account, summary: await upload(target.of(account), region, artifacts) }));
  for (const { account, summary } of summaries) listener({ type: 'package', ...(named && { account }), ...summary });
}
