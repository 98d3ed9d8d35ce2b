import type { IntrinsicFunction } from '../../../src/cfn';
import { mayConnect } from '../../modules/data/database-login';
import { allow, type Statement } from '../../modules/security/policy';

/** What the API's code reaches beyond the network. */
export interface ApiRightsSettings {
  /** Resource id of this region's Aurora cluster. */
  readonly databaseResourceId: IntrinsicFunction;
  readonly databaseUser: string;
  readonly metricsNamespace: IntrinsicFunction;
}

/**
 * The rights of the API's task role: its database user, and its metrics. PutMetricData knows no resources; the namespace bounds it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 */
export function apiRights({ databaseResourceId, databaseUser, metricsNamespace }: ApiRightsSettings): readonly Statement[] {
  return [
    mayConnect(databaseResourceId, databaseUser),
    allow(['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': metricsNamespace } }),
  ];
}
