import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, anomalyAlarm, type Metric } from './alarm';
import { ofAuroraCluster, ofReplication } from './aurora-graphs';

/** Transaction ids that may be in use unvacuumed; PostgreSQL writes no more at about two thousand million. */
const mostTransactionIds = 1_000_000_000;

/** Share of an instance's memory, in percent, below which too little is free: PostgreSQL's own cache takes three quarters. */
const leastFreePercent = 5;

/** Milliseconds that a reader may be behind the writer of its region: usually it is less than a hundred. */
const mostReaderLag = 2_000;

/** A region's Aurora cluster with PostgreSQL, of a global database or alone. */
export interface AuroraAlarmsSettings {
  readonly topic: Token<'String'>;
  readonly cluster: Token<'String'>;
  /** The page that says how to promote the region that follows: `docs/runbooks/…`. */
  readonly failoverRunbook: string;
  /** Seconds of commits that the region that follows may lack before somebody is told. @default 30: half of the minute that may be lost */
  readonly mostLagSeconds?: number;
  /** Whether another region has a copy, and this one may have one of its. @default true */
  readonly replicates?: boolean;
  /** The memory of each instance, where their class has a size. @default none: the cluster is serverless */
  readonly memoryGiB?: number;
}

/**
 * Alarms on load, capacity, locks and replication of a cluster. They are the same in both regions, whichever of them writes.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export function auroraAlarms(t: TemplateBuilder<Parameters, unknown>, { topic, cluster, failoverRunbook, mostLagSeconds = 30, replicates = true, memoryGiB }: AuroraAlarmsSettings): void {
  const above = { statistic: 'Maximum', comparison: 'GreaterThanThreshold', topic } as const;
  const of = (name: string) => ofAuroraCluster(name, cluster);
  alarm(t, 'DatabaseCpu', {
    name: 'database-cpu',
    description: `CPU of a database instance stays over 85 %. Look for the statement in Performance Insights; when load is really higher, ${memoryGiB === undefined ? 'raise maximumCapacity' : 'choose a larger instanceClass'} in environments.ts`,
    metric: of('CPUUtilization'),
    threshold: 85,
    periods: 5,
    ...above,
  });
  if (memoryGiB === undefined) capacityAlarm(t, topic, of);
  else sizeAlarms(t, topic, of, memoryGiB);
  anomalyAlarm(t, 'DatabaseConnections', {
    name: 'database-connections',
    description: 'More connections to the database are open than usual at this hour. Look which service opens them, and whether a release leaks them',
    metric: of('DatabaseConnections'),
    statistic: 'Maximum',
    topic,
  });
  anomalyAlarm(t, 'DatabaseCommitLatency', {
    name: 'database-commit-latency',
    description: 'Commits take longer than usual at this hour. Look for long transactions and for storage events of Aurora',
    metric: of('CommitLatency'),
    statistic: 'Average',
    topic,
  });
  alarm(t, 'DatabaseDeadlocks', {
    name: 'database-deadlocks',
    description: 'Transactions deadlock for five minutes in a row. The PostgreSQL log names the statements; the release that brought them is the likely cause',
    metric: of('Deadlocks'),
    statistic: 'Average',
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    periods: 5,
    topic,
  });
  alarm(t, 'DatabaseTransactionIds', {
    name: 'database-transaction-ids',
    description: 'Half of all transaction ids are in use: vacuum does not keep up, and PostgreSQL would stop writing in the end. Find the oldest transaction or replication slot and end it',
    metric: of('MaximumUsedTransactionIDs'),
    threshold: mostTransactionIds,
    period: 300,
    ...above,
  });
  if (!replicates) return;
  alarm(t, 'ReplicationLag', {
    name: 'replication-lag',
    description: `This region is ${mostLagSeconds} s of commits behind the one that writes: a failover now would lose them. Look at the write load there and at Aurora’s events; promote by failover only when the other region is lost: ${failoverRunbook}`,
    metric: ofReplication('AuroraGlobalDBRPOLag', cluster, t.otherRegion),
    threshold: mostLagSeconds * 1000,
    periods: 1,
    // The region that writes has no lag to publish; the roles may have been switched.
    missing: 'notBreaching',
    ...above,
  });
}

type OfCluster = (name: string) => Metric;

/** An alarm on capacity that cannot grow. */
function capacityAlarm(t: TemplateBuilder<Parameters, unknown>, topic: Token<'String'>, of: OfCluster): void {
  alarm(t, 'DatabaseCapacity', {
    name: 'database-capacity',
    description: 'A database instance has used more than 90 % of its largest capacity for ten minutes. It can grow no further: raise maximumCapacity in environments.ts, or find what uses it',
    metric: of('ACUUtilization'),
    threshold: 90,
    periods: 10,
    statistic: 'Maximum',
    comparison: 'GreaterThanThreshold',
    topic,
  });
}

/** Alarms on what instances of a fixed size run out of, and on readers that do not keep up. */
function sizeAlarms(t: TemplateBuilder<Parameters, unknown>, topic: Token<'String'>, of: OfCluster, memoryGiB: number): void {
  alarm(t, 'DatabaseMemory', {
    name: 'database-memory',
    description: `Less than ${leastFreePercent} % of a database instance’s memory has been free for ten minutes: it will swap, or end sessions. Look for statements with large sorts and for sessions that nobody closes; otherwise choose a larger instanceClass in environments.ts`,
    metric: of('FreeableMemory'),
    statistic: 'Minimum',
    comparison: 'LessThanThreshold',
    threshold: Math.round((memoryGiB * 2 ** 30 * leastFreePercent) / 100),
    periods: 10,
    topic,
  });
  alarm(t, 'ReaderLag', {
    name: 'reader-lag',
    description: `A reader has been more than ${mostReaderLag / 1000} s behind the writer of its region for five minutes: who reads there sees old data. Look at the CPU of the reader and for long queries on it`,
    metric: of('AuroraReplicaLag'),
    statistic: 'Maximum',
    comparison: 'GreaterThanThreshold',
    threshold: mostReaderLag,
    periods: 5,
    topic,
  });
}
