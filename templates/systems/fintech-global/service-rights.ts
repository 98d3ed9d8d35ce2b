import { Fn, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { mayConnect } from '../../modules/data/database-login';
import { allow, arn, type Statement } from '../../modules/security/policy';
import { databaseUser } from './database-names';
import type { FintechGlobalSettings } from './environments';
import { apiKeysSecretName, cacheSecretName, encryptionKeysSecretName } from './secret-names';

type Builder = TemplateBuilder<Parameters, FintechGlobalSettings>;

/** What the code of both services reaches, all of it in its own region. */
export interface ServiceRightsSettings {
  /** Resource id of the Aurora cluster. */
  readonly databaseResourceId: IntrinsicFunction;
  readonly dataLakeBucketName: IntrinsicFunction;
  /** Key of table, secrets and data lake. */
  readonly keyArn: IntrinsicFunction;
}

/** The services of AWS through which the key is used. */
type KeyUser = 'dynamodb' | 's3' | 'secretsmanager';

const through = (service: KeyUser): Statement['Condition'] => ({ StringEquals: { 'kms:ViaService': Fn.Sub(`${service}.\${AWS::Region}.\${AWS::URLSuffix}`) } });

/** A secret's ARN ends in a hyphen and six characters of chance. */
const secretArn = ({ text }: Name): Value<string> => arn('secretsmanager', `secret:${text}-??????`);

/** Reads and writes of single sessions. No scan: nothing needs every customer's session. */
const itemActions = ['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`);

/**
 * The rights of the API: its database user; the items of the sessions table; the values of the cache's token, the API keys and the
 * encryption keys; and the key only through the services that keep these.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export function apiRights(t: Builder, { databaseResourceId, keyArn }: ServiceRightsSettings): readonly Statement[] {
  return [
    mayConnect(databaseResourceId, databaseUser),
    allow(itemActions, [arn('dynamodb', `table/${t.resourceName('sessions').text}`)]),
    allow(['secretsmanager:GetSecretValue'], [cacheSecretName(t), apiKeysSecretName(t), encryptionKeysSecretName(t)].map(secretArn)),
    allow(['kms:Decrypt'], [keyArn], through('dynamodb')),
    allow(['kms:Decrypt'], [keyArn], through('secretsmanager')),
  ];
}

/**
 * The rights of the worker: its database user; objects that it adds to the data lake, in parts when they are large; and the key only
 * through S3.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export function workerRights(_: Builder, { databaseResourceId, dataLakeBucketName, keyArn }: ServiceRightsSettings): readonly Statement[] {
  return [
    mayConnect(databaseResourceId, databaseUser),
    allow(['s3:AbortMultipartUpload', 's3:PutObject'], [Fn.Sub('arn:${AWS::Partition}:s3:::${Bucket}/*', { Bucket: dataLakeBucketName })]),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], through('s3')),
  ];
}
