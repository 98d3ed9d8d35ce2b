import { setTimeout } from 'node:timers/promises';
import { DBClusterNotFoundFault, DBInstanceNotFoundFault, DeleteDBInstanceCommand, DescribeDBClustersCommand, DescribeDBInstancesCommand, InvalidDBInstanceStateFault, RDSClient } from '@aws-sdk/client-rds';

/** What the names of the readers that Application Auto Scaling adds begin with. */
export const addedReader = 'application-autoscaling-';

/** Between two looks at the readers, in milliseconds: a deletion takes minutes. */
const PAUSE = 15_000;

const rds = new RDSClient({ maxAttempts: 10 });

/**
 * Deletes the readers that Application Auto Scaling has added to a cluster, and waits until they are gone, those included that
 * were still being made. A cluster that does not exist has none.
 *
 * @param cluster identifier of the cluster; no instance of another one is touched
 * @param pause   milliseconds between two looks
 * @throws when RDS refuses a deletion for good
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html
 */
export async function removeReaders(cluster: string, signal: AbortSignal, pause = PAUSE): Promise<void> {
  let left = await addedTo(cluster, signal);
  while (left.length > 0) {
    for (const reader of left) await ask(reader, signal);
    const [known, added] = [await standing(left, signal), await addedTo(cluster, signal)];
    left = [...new Set([...known, ...added])];
    if (left.length > 0) await setTimeout(pause, undefined, { signal });
  }
}

/** The added ones among the members of a cluster. */
async function addedTo(cluster: string, signal: AbortSignal): Promise<string[]> {
  try {
    const { DBClusters: [found] = [] } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: cluster }), { abortSignal: signal });
    return (found?.DBClusterMembers ?? []).flatMap(({ DBInstanceIdentifier: id }) => (id?.startsWith(addedReader) ? [id] : []));
  } catch (error) {
    if (error instanceof DBClusterNotFoundFault) return [];
    throw error;
  }
}

/** Those that are not gone yet: a cluster may forget a member before its instance is. */
async function standing(readers: readonly string[], signal: AbortSignal): Promise<string[]> {
  const found = await Promise.all(readers.map(async (reader) => ((await statusOf(reader, signal)) === undefined ? [] : [reader])));
  return found.flat();
}

/** Has a reader deleted, unless it is on its way out already or can't go yet. */
async function ask(reader: string, signal: AbortSignal): Promise<void> {
  const status = await statusOf(reader, signal);
  if (status === undefined || status === 'deleting') return;
  try {
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: reader }), { abortSignal: signal });
  } catch (error) {
    if (!(error instanceof DBInstanceNotFoundFault || error instanceof InvalidDBInstanceStateFault)) throw error;
  }
}

/** What an instance is doing; undefined when it is gone. */
async function statusOf(reader: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { DBInstances: [instance] = [] } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: reader }), { abortSignal: signal });
    return instance?.DBInstanceStatus;
  } catch (error) {
    if (error instanceof DBInstanceNotFoundFault) return undefined;
    throw error;
  }
}
