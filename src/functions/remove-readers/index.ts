import { customResource } from '../custom-resource/custom-resource';
import type { CustomResourceRequest } from '../custom-resource/request';
import { isStackGoing } from '../empty/stack';
import { removeReaders } from './readers';

/**
 * Removes the readers that Application Auto Scaling has added to an Aurora cluster (`Custom::RemoveReaders`, property
 * `ClusterIdentifier`) just before CloudFormation deletes the cluster, which RDS refuses while instances stand that no
 * stack knows. Create and Update only check the property.
 *
 * Put the custom resource into the cluster's template and name the cluster by `Ref`, let it depend on the cluster's
 * instances, and let the scalable target depend on it: CloudFormation then deletes the target first, so that nothing adds a
 * reader any more, the added readers next, and instances and cluster last. Readers go only when that stack itself goes,
 * deleted or rolled back from its first creation. A Delete in any other state of the stack removes none: it also arrives
 * when the custom resource is merely renamed or taken out of the template, which leaves the cluster with its load.
 *
 * The role needs `cloudformation:DescribeStacks` on its own stack, `rds:DescribeDBClusters` on the cluster, and
 * `rds:DescribeDBInstances` and `rds:DeleteDBInstance` on instances whose names begin as `addedReader` says. RDS takes
 * some minutes for a reader, and deletes several at once; when the function's time ends before, delete the stack again
 * and it goes on.
 */
export const handler = customResource({
  create: (request) => ({ physicalResourceId: idOf(requireCluster(request)) }),
  update: (request) => ({ physicalResourceId: idOf(requireCluster(request)) }),
  delete: async (request, signal) => {
    const cluster = findCluster(request);
    // Another id comes from a Create that failed, so that there was never a cluster.
    if (cluster === undefined || idOf(cluster) !== request.PhysicalResourceId) return;
    if (await isStackGoing(request.StackId, signal)) await removeReaders(cluster, signal);
  },
});

/** Made of the cluster, so that another cluster is another resource. */
const idOf = (cluster: string): string => `remove-readers/${cluster}`;

function findCluster({ ResourceProperties }: CustomResourceRequest): string | undefined {
  const cluster = ResourceProperties['ClusterIdentifier'];
  return typeof cluster === 'string' && cluster !== '' ? cluster : undefined;
}

function requireCluster(request: CustomResourceRequest): string {
  const cluster = findCluster(request);
  if (cluster !== undefined) return cluster;
  throw new Error(`${request.LogicalResourceId}: ${request.ResourceType} has no ClusterIdentifier. Give it as a non-empty string.`);
}
