import { Fn, type IntrinsicFunction, type Name } from '../../../src/cfn';
import { mayConnect } from '../../modules/data/database-login';
import { allow, arn, type Statement } from '../../modules/security/policy';

/** What the backend's code reaches beyond the network, all of it in its own region. */
export interface BackendRightsSettings {
  /** Resource id of the Aurora cluster. */
  readonly databaseResourceId: IntrinsicFunction;
  readonly databaseUser: string;
  /** Tables of the sessions, of which the region holds a replica. */
  readonly tables: readonly Name[];
  /** Key of the tables. */
  readonly keyArn: IntrinsicFunction;
}

/** Reads and writes of single items. No scan: nothing in the portal needs every customer's session. */
const itemActions = ['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`);

/**
 * The rights of the backend's task role: its database user, the items of its tables, queries of their indexes, and the tables' key
 * only through DynamoDB and only for them.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export function backendRights({ databaseResourceId, databaseUser, tables, keyArn }: BackendRightsSettings): readonly Statement[] {
  return [
    mayConnect(databaseResourceId, databaseUser),
    allow(itemActions, tables.map(({ text }) => arn('dynamodb', `table/${text}`))),
    allow(['dynamodb:Query'], tables.map(({ text }) => arn('dynamodb', `table/${text}/index/*`))),
    allow(['kms:Decrypt'], [keyArn], {
      StringEquals: { 'kms:ViaService': Fn.Sub('dynamodb.${AWS::Region}.${AWS::URLSuffix}'), 'kms:EncryptionContext:aws:dynamodb:tableName': tables },
    }),
  ];
}
