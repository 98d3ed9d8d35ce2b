import { Fn, type IntrinsicFunction, type Value } from '../../../src/cfn';
import { mayTrace } from '../../modules/compute/tracing';
import { mayConnect } from '../../modules/data/database-login';
import { allow, arn, type Statement } from '../../modules/security/policy';
import type { Catalogue } from './catalogue';
import { serviceSecretName } from './secret-names';
import { databaseUserOf, queueName, tableName } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import type { KeyName, ServiceRow } from './service-row';

/** Reads and writes of single items and of one partition. No scan: nothing needs a whole table. */
const itemActions = ['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`);

const receiveActions = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

/** What a key is for decides what may be done with it: the signing key never encrypts, the others never sign. The key's own policy admits no more. */
const keyActions: Readonly<Record<KeyName, readonly string[]>> = {
  'crypto-signing': ['kms:GetPublicKey', 'kms:Sign', 'kms:Verify'],
  'crypto-wrapping': ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
  liquidity: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
};

/** The parameter with the ARN of each key that rows name. */
export const keyParameter = { 'crypto-signing': 'SigningKeyArn', 'crypto-wrapping': 'WrappingKeyArn', liquidity: 'LiquidityKeyArn' } as const satisfies Record<KeyName, string>;

/** A use of a key in the name of an AWS service only, never by the code itself. */
const through = (service: string): { readonly 'kms:ViaService': IntrinsicFunction } => ({ 'kms:ViaService': Fn.Sub(`${service}.\${AWS::Region}.\${AWS::URLSuffix}`) });

/** The right to send to queues, whose key SQS then uses. */
export function maySend(t: ServiceBuilder, queues: readonly string[]): readonly Statement[] {
  if (queues.length === 0) return [];
  return [
    allow(['sqs:SendMessage'], queues.map((queue) => arn('sqs', queueName(t, queue).text))),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [t.param('DataKeyArn')], { StringEquals: through('sqs') }),
  ];
}

/** The right to work through a queue. */
export function mayReceive(t: ServiceBuilder, queue: string): readonly Statement[] {
  return [allow(receiveActions, [arn('sqs', queueName(t, queue).text)]), allow(['kms:Decrypt'], [t.param('DataKeyArn')], { StringEquals: through('sqs') })];
}

/**
 * What the code of a service may do, all of it in its own region and with what its row names: traces; its database user through the proxy;
 * the items of its own tables; its queue; the queues of those it sends to; its keys, each for its one purpose; its secrets.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function serviceRights(t: ServiceBuilder, row: ServiceRow, catalogue: Catalogue): readonly Statement[] {
  const { database, tables = [], queue, fansOut, sendsTo = [], keys = [] } = row;
  const sentTo = [...sendsTo.flatMap((name) => catalogue.row(name).queue ?? []), ...(queue !== undefined && fansOut ? [queue] : [])];
  return [
    mayTrace,
    ...(database ? [mayConnect(t.param('ProxyResourceId'), databaseUserOf(row))] : []),
    ...tableRights(t, tables),
    ...(queue !== undefined && !fansOut ? mayReceive(t, queue) : []),
    ...maySend(t, sentTo),
    ...keys.map((key) => allow(keyActions[key], [t.param(keyParameter[key])])),
    ...secretRights(t, row),
  ];
}

function tableRights(t: ServiceBuilder, tables: NonNullable<ServiceRow['tables']>): readonly Statement[] {
  if (tables.length === 0) return [];
  const names = tables.map((table) => tableName(t, table));
  return [
    allow(itemActions, names.map(({ text }) => arn('dynamodb', `table/${text}`))),
    allow(['kms:Decrypt'], [t.param('DataKeyArn')], { StringEquals: { ...through('dynamodb'), 'kms:EncryptionContext:aws:dynamodb:tableName': names } }),
  ];
}

function secretRights(t: ServiceBuilder, row: ServiceRow): readonly Statement[] {
  const arns = secretArns(t, row);
  if (arns.length === 0) return [];
  return [allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], arns), allow(['kms:Decrypt'], [t.param('DataKeyArn')], { StringEquals: through('secretsmanager') })];
}

/** The secrets of a service in the stack's own region; six characters that nobody chooses end their ARNs. */
function secretArns(t: ServiceBuilder, { cache, secrets = [] }: ServiceRow): readonly Value<string>[] {
  const named = secrets.map((secret) => arn('secretsmanager', `secret:${serviceSecretName(t, secret).text}-??????`));
  return [...(cache ? [t.param('CacheSecretArn')] : []), ...named];
}
