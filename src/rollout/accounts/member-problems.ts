import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { everyAccountOf } from './accounts';
import { regionsOf } from '../build';
import { inAccounts } from './in-accounts';
import { memberVersion, memberVersionName } from './member-stacks';
import type { RolloutPart } from '../nodes';
import { artifactBucket } from '../package';
import { globalRegion, type Target } from '../target';

/**
 * What other accounts than the one that has the StackSets lack to be rolled into, by account, with the command that gives it.
 * On the local AWS a rollout prepares them itself.
 */
export async function memberProblems(target: Target, parts: readonly RolloutPart[]): Promise<Map<string, string>> {
  const accounts = [...new Set(parts.flatMap((part) => everyAccountOf(target, part)))].filter((account) => account !== target.account);
  if (target.kind === 'local' || accounts.length === 0) return new Map();
  const { arn } = await target.caller();
  const version = memberVersion(arn);
  const regions = regionsOf(parts.map(({ build }) => build));
  const problems = await inAccounts(accounts, async (account): Promise<[string, string][]> => {
    const why = await whyNotReady(target.of(account), version, regions);
    const command = `meridian bootstrap --target aws --account ${account} --administrator ${arn} --regions ${regions.join(',')}`;
    return why === undefined ? [] : [[account, `Account ${account} not ready: ${why}. With credentials of that account, run: ${command}`]];
  });
  return new Map(problems.flat());
}

async function whyNotReady(there: Target, version: string, regions: readonly string[]): Promise<string | undefined> {
  try {
    await there.caller();
  } catch (error) {
    return `its access role can't be assumed (${error instanceof Error ? error.message.replace(/\.$/, '') : String(error)})`;
  }
  const { Parameters = [] } = await there.in(globalRegion).ssm.send(new GetParametersCommand({ Names: [memberVersionName] }));
  if (Parameters[0]?.Value !== version) return 'its roles are of another version, or for another administrator';
  for (const region of regions) {
    if (!(await hasBucket(there, region))) return `bucket ${artifactBucket(there.account, region)} is missing`;
  }
  return undefined;
}

async function hasBucket(there: Target, region: string): Promise<boolean> {
  try {
    await there.in(region).s3.send(new HeadBucketCommand({ Bucket: artifactBucket(there.account, region), ExpectedBucketOwner: there.account }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') return false;
    throw error;
  }
}
