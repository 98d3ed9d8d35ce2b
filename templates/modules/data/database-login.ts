import { Fn, type IntrinsicFunction } from '../../../src/cfn';
import { allow, type Statement } from '../security/policy';

/**
 * The right to sign in to a database as one of its users, by IAM and without a password.
 * @param resourceId resource id of the instance, cluster or proxy that is connected to
 * @param user       database user that signs in with an IAM token
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html
 */
export function mayConnect(resourceId: IntrinsicFunction, user: string): Statement {
  return allow(['rds-db:connect'], [Fn.Sub(`arn:\${AWS::Partition}:rds-db:\${AWS::Region}:\${AWS::AccountId}:dbuser:\${Database}/${user}`, { Database: resourceId })]);
}
