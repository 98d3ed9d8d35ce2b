import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Target } from '../target';
import { resolveNew, type NewStack } from './new-stack';

/**
 * Names that new stacks want and somebody has, one sentence each: buckets, whose names are unique in the world, and secrets, which keep theirs
 * while they wait for their deletion. Both are what an environment that was destroyed leaves behind most often.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
 */
export async function nameProblems(stacks: readonly NewStack[]): Promise<string[]> {
  const problems = await Promise.all(
    stacks.map(async (stack) => {
      const { target, node } = stack;
      const resources = [...resolveNew(stack).resources()];
      const named = (type: string, property: string): string[] => resources.filter((resource) => resource.type === type).map(({ properties }) => properties[property]).filter((name) => typeof name === 'string');
      const buckets = await Promise.all(named('AWS::S3::Bucket', 'BucketName').map((name) => bucketProblem(target, node.region, name)));
      return [...buckets, ...(await secretProblems(target, node.region, named('AWS::SecretsManager::Secret', 'Name')))];
    }),
  );
  return [...new Set(problems.flat().filter((problem) => problem !== undefined))];
}

async function bucketProblem(target: Target, region: string, name: string): Promise<string | undefined> {
  try {
    await target.in(region).s3.send(new HeadBucketCommand({ Bucket: name }));
    return `Bucket ${name} exists: it is left from an earlier copy, or made by hand, and no stack of this rollout has it. Empty and delete it, import it, or give another suffix.`;
  } catch (error) {
    const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return undefined;
    if (status === 403 || status === 301) return `Bucket ${name} exists in another account or region: bucket names are unique in the world. Give another suffix.`;
    throw error;
  }
}

async function secretProblems(target: Target, region: string, names: readonly string[]): Promise<(string | undefined)[]> {
  if (names.length === 0) return [];
  const client = new SecretsManagerClient(target.clientConfig(region));
  try {
    return await Promise.all(names.map((name) => secretProblem(client, region, name)));
  } finally {
    client.destroy();
  }
}

async function secretProblem(client: SecretsManagerClient, region: string, name: string): Promise<string | undefined> {
  try {
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    if (DeletedDate === undefined) return `Secret ${name} exists in ${region} and no stack of this rollout has it. Delete it, import it, or give another suffix.`;
    return `Secret ${name} waits for its deletion in ${region} and keeps its name until then. Restore and import it, end the wait with "aws secretsmanager delete-secret --force-delete-without-recovery", or give another suffix.`;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
