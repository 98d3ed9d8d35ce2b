import type { Target } from './target';

/**
 * A command of the AWS CLI for a person to copy, complete with region and, for the local AWS, its endpoint.
 * @param command without `aws`, for example `rds modify-db-instance --no-deletion-protection`
 */
export function awsCommand({ choice }: Target, region: string, command: string): string {
  return `aws ${command} --region ${region}${choice.kind === 'local' ? ` --endpoint-url ${choice.endpoint}` : ''}`;
}

/** Instances of a StackSet to take away. */
export interface InstanceDeletion {
  readonly stackSet: string;
  /** Region of the StackSet itself. */
  readonly homeRegion: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Whether their stacks stay, and only the StackSet forgets them. */
  readonly retainStacks: boolean;
}

/** The command that deletes instances of a StackSet, for a person to copy: no rollout deletes what it did not make. */
export function deleteInstancesCommand(target: Target, { stackSet, homeRegion, accounts, regions, retainStacks }: InstanceDeletion): string {
  const stacks = retainStacks ? '--retain-stacks' : '--no-retain-stacks';
  return awsCommand(target, homeRegion, `cloudformation delete-stack-instances --stack-set-name ${stackSet} --accounts ${accounts.join(' ')} --regions ${regions.join(' ')} ${stacks}`);
}
