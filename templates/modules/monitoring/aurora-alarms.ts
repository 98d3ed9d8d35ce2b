import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, anomalyAlarm } from './alarm';
import { ofAuroraCluster, ofReplication } from './aurora-graphs';

/** Transaction ids that may be in use unvacuumed; PostgreSQL writes no more at about two thousand million. */
const mostTransactionIds = 1_000_000_000;

/** A region's Aurora Serverless cluster of a global database with PostgreSQL. */
export interface AuroraAlarmsSettings {
  readonly topic: Token<'String'>;
  readonly cluster: Token<'String'>;
  /** The page that says how to promote the region that follows: `docs/runbooks/…`. */
  readonly failoverRunbook: string;
  /** Seconds of commits that the region that follows may lack before somebody is told. @default 30: half of the minute that may be lost */
  readonly mostLagSeconds?: number;
}

/**
 * Alarms on load, capacity, locks and replication of a cluster. They are the same in both regions, whichever of them writes.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export function auroraAlarms(t: TemplateBuilder<Parameters, unknown>, { topic, cluster, failoverRunbook, mostLagSeconds = 30 }: AuroraAlarmsSettings): void {
  const above = { statistic: 'Maximum', comparison: 'GreaterThanThreshold', topic } as const;
  const of = (name: string) => ofAuroraCluster(name, cluster);
  alarm(t, 'DatabaseCpu', {
    name: 'database-cpu',
    description: 'CPU of a database instance stays over 85 %. Look for the statement in Performance Insights; when load is really higher, raise maximumCapacity in environments.ts',
    metric: of('CPUUtilization'),
    threshold: 85,
    periods: 5,
    ...above,
  });
  alarm(t, 'DatabaseCapacity', {
    name: 'database-capacity',
    description: 'A database instance has used more than 90 % of its largest capacity for ten minutes. It can grow no further: raise maximumCapacity in environments.ts, or find what uses it',
    metric: of('ACUUtilization'),
    threshold: 90,
    periods: 10,
    ...above,
  });
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
