import type { ServiceAccountObject } from '../../../src/cfn';
import { metadataOf, type Workload } from './workload-labels';

/**
 * A service account whose pods act as an IAM role. EKS gives them a token for AWS; the one for the Kubernetes API, which no pod of ours
 * needs, is not mounted.
 * @param roleArn whose trust names this service account and namespace
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export function serviceAccount(workload: Workload, roleArn: string): ServiceAccountObject {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { ...metadataOf(workload), annotations: { 'eks.amazonaws.com/role-arn': roleArn } },
    automountServiceAccountToken: false,
  };
}
