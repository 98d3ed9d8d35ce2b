import { Fn, type IntrinsicFunction, type Name } from '../../../src/cfn';

/**
 * The value of a secret as a dynamic reference: CloudFormation reads the secret, or its replica, in the stack's own region while it
 * deploys, and no template ever holds the value. A new value reaches a resource only when something else of the resource changes too.
 * @param secret name of a secret of the form `{"value": …}`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export const secretValue = (secret: Name): IntrinsicFunction => Fn.Sub(`{{resolve:secretsmanager:${secret.text}:SecretString:value}}`);
