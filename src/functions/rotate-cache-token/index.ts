import { passwordRule } from '../rotate-password/password-rule';
import { replicationGroup } from './cache';
import { lambdaClock } from './clock';
import { rotate } from './rotation';

/**
 * Rotates the token of an ElastiCache replication group: Secrets Manager invokes it for each step. The cache accepts the current token
 * at every moment, whenever the function is killed and whatever a rollout does meanwhile. Should the last step never be repeated, the
 * cache accepts the former token too until the next rotation.
 *
 * It runs in the VPC of the cache, from where it also reaches Secrets Manager and ElastiCache. Environment: `REPLICATION_GROUP_ID`, and
 * `PASSWORD_LENGTH` in characters and `EXCLUDE_CHARACTERS`, as the secret's first token was made. The role needs
 * `elasticache:DescribeReplicationGroups` and `elasticache:ModifyReplicationGroup` on the group, and of Secrets Manager and KMS what
 * the functions need that rotate passwords.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
const cache = replicationGroup(groupId());
const rule = passwordRule(process.env);

export const handler = (event: unknown, context: { getRemainingTimeInMillis(): number }): Promise<void> => rotate(event, { cache, clock: lambdaClock(context), passwordRule: rule });

function groupId(): string {
  const { REPLICATION_GROUP_ID: id } = process.env;
  if (id) return id;
  throw new Error('Environment: REPLICATION_GROUP_ID is missing. Set it to the id of the cache.');
}
