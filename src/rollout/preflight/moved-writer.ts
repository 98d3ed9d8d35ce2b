import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { DBInstanceNotFoundFault, DescribeDBInstancesCommand, DescribeGlobalClustersCommand, GlobalClusterNotFoundFault, RDSClient } from '@aws-sdk/client-rds';
import type { RolloutNode } from '../nodes';
import type { Target } from '../target';
import { globalClusterType, type WatchedStack } from './watched-stacks';

/** A database whose writer is not where its system's definition has it. */
export interface MovedWriter {
  /** Identifier of the global cluster, or of the replica that was promoted. */
  readonly database: string;
  /** Region of the writer. */
  readonly region: string;
  /** Whether it is a global database, whose writer RDS keeps while other members are there; a promoted replica stands alone. */
  readonly isGlobal: boolean;
}

/**
 * The databases of a standing deployment that have failed over: a global cluster whose writer is in another region than the system's
 * primary, and a read replica that was promoted.
 * @param target the account that the stack stands in
 * @param watched the deployment's stacks to look into
 */
export async function movedWriters(target: Target, { build, region }: RolloutNode, rootStackId: string, watched: readonly WatchedStack[]): Promise<MovedWriter[]> {
  const client = new RDSClient(target.clientConfig(region));
  try {
    const found = await Promise.all(watched.map((stack) => inStack(target, client, build.manifest.regions.primary, region, rootStackId, stack)));
    return found.flat();
  } finally {
    client.destroy();
  }
}

async function inStack(target: Target, client: RDSClient, primary: string, region: string, rootStackId: string, { path, resources }: WatchedStack): Promise<MovedWriter[]> {
  let physical = await physicalIds(target, region, rootStackId);
  for (const logicalId of path) {
    const nested = physical.get(logicalId);
    if (nested === undefined) return [];
    physical = await physicalIds(target, region, nested);
  }
  const moved = await Promise.all(
    resources.map(async ([logicalId, { Type }]) => {
      const id = physical.get(logicalId);
      if (id === undefined) return undefined;
      return Type === globalClusterType ? movedGlobalCluster(client, id, primary) : promotedReplica(client, id, region);
    }),
  );
  return moved.filter((writer) => writer !== undefined);
}

async function physicalIds(target: Target, region: string, stackId: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const page of paginateListStackResources({ client: target.in(region).cloudFormation }, { StackName: stackId })) {
    for (const { LogicalResourceId = '', PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? []) {
      if (PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE') ids.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return ids;
}

async function movedGlobalCluster(client: RDSClient, identifier: string, primary: string): Promise<MovedWriter | undefined> {
  try {
    const { GlobalClusters: [cluster] = [] } = await client.send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: identifier }));
    const writer = cluster?.GlobalClusterMembers?.find(({ IsWriter }) => IsWriter)?.DBClusterArn?.split(':')[3];
    return writer === undefined || writer === primary ? undefined : { database: identifier, region: writer, isGlobal: true };
  } catch (error) {
    if (error instanceof GlobalClusterNotFoundFault) return undefined;
    throw error;
  }
}

/** A replica without a source takes writes of its own. One that is still being made has no source yet either, and is left alone. */
async function promotedReplica(client: RDSClient, identifier: string, region: string): Promise<MovedWriter | undefined> {
  try {
    const { DBInstances: [replica] = [] } = await client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }));
    const promoted = replica?.DBInstanceStatus === 'available' && !replica.ReadReplicaSourceDBInstanceIdentifier;
    return promoted ? { database: identifier, region, isGlobal: false } : undefined;
  } catch (error) {
    if (error instanceof DBInstanceNotFoundFault) return undefined;
    throw error;
  }
}
