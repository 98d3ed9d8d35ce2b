import { Fn, type IntrinsicFunction } from '../../../src/cfn';
import { mayConnect } from '../../modules/data/database-login';
import { allow, type Statement } from '../../modules/security/policy';

/** What the backend's code reaches beyond the network. */
export interface BackendRightsSettings {
  readonly databaseSecretArn: IntrinsicFunction;
  /** Resource id of the instance or proxy that the backend connects to. */
  readonly databaseResourceId: IntrinsicFunction;
  /** MySQL user that signs in with an IAM token. */
  readonly databaseUser: string;
  /** Source queues of the application, as a list. */
  readonly queueArns: IntrinsicFunction;
  /** Key of secret and queues. */
  readonly keyArn: IntrinsicFunction;
}

/** The rights of the backend's task role: its queues, its one secret, its database user, and the key only through those services. */
export function backendRights(settings: BackendRightsSettings): readonly Statement[] {
  const { databaseSecretArn, databaseResourceId, databaseUser, queueArns, keyArn } = settings;
  const through = ['secretsmanager', 'sqs'].map((service) => Fn.Sub(`${service}.\${AWS::Region}.\${AWS::URLSuffix}`));
  return [
    allow(['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'], queueArns),
    allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], [databaseSecretArn]),
    mayConnect(databaseResourceId, databaseUser),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], { StringEquals: { 'kms:ViaService': through } }),
  ];
}
