import { Fn, type IntrinsicFunction } from '../../../src/cfn';
import { inside, type Statement } from './policy';

const cloudFront = 'cloudfront.amazonaws.com';

/**
 * Any distribution of this account: the buckets and keys of a region stand before the distribution, and one in another region than
 * the distribution's template could not be told its id afterwards. Who may make distributions here may read the bucket anyway.
 */
const ownDistributions: Statement['Condition'] = { ArnLike: { 'aws:SourceArn': Fn.Sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/*') } };

/**
 * Lets this account's CloudFront distributions read a bucket's objects by an origin access control.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function distributionsMayRead(bucketArn: IntrinsicFunction): Statement {
  return { Sid: 'DistributionsMayRead', Effect: 'Allow', Principal: { Service: cloudFront }, Action: ['s3:GetObject'], Resource: [inside(bucketArn, '/*')], Condition: ownDistributions };
}

/** Lets the same distributions decrypt what they read, in the policy of the bucket's key. */
export const distributionsMayDecrypt: Omit<Statement, 'Resource'> = {
  Sid: 'DistributionsMayDecrypt',
  Effect: 'Allow',
  Principal: { Service: cloudFront },
  Action: ['kms:Decrypt'],
  Condition: ownDistributions,
};
