import type { Target } from './target';

/**
 * A command of the AWS CLI for a person to copy, complete with region and, for the local AWS, its endpoint.
 * @param command without `aws`, for example `rds modify-db-instance --no-deletion-protection`
 */
export function awsCommand({ choice }: Target, region: string, command: string): string {
  return `aws ${command} --region ${region}${choice.kind === 'local' ? ` --endpoint-url ${choice.endpoint}` : ''}`;
}
