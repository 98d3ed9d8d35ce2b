import { Fn, stringToken, type Token } from '../../../src/cfn';

/**
 * The ARN of a secret's replica in the stack's own region. It equals the primary's but for the region; ECS, RDS Proxy and IAM
 * want it whole, random end included. In the primary's own region it is the ARN itself.
 * @param primaryArn  the ARN of the secret where it was made
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/create-manage-multi-region-secrets.html
 */
export function secretArnHere(primaryArn: Token<'String'>): Token<'String'> {
  const name = Fn.Select(6, Fn.Split(':', primaryArn));
  return stringToken(Fn.Sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${Name}', { Name: name }));
}
