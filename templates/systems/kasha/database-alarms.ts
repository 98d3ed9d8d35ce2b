import type { Condition, Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { alarm, anomalyAlarm, type Metric } from '../../modules/monitoring/alarm';
import type { KashaSettings } from './environments';

/** The database that a region's alarms watch. */
export interface WatchedDatabase {
  readonly topic: Token<'String'>;
  /** Identifier of the instance that writes, or of the standby in the secondary. */
  readonly database: Value<string>;
  readonly replica: Value<string>;
  /** Where there is one. @default in both regions */
  readonly when?: Condition;
}

const gibibyte = 1024 ** 3;

/**
 * Alarms on load, storage and replication of MySQL.
 * @returns the metrics that are worth a graph
 */
export function databaseAlarms(t: TemplateBuilder<Parameters, KashaSettings>, { topic, database, replica, when }: WatchedDatabase): Readonly<Record<'cpu' | 'lag', Metric>> {
  const { performanceInsights, allocatedStorage, multiAz } = t.settings.database;
  const of = (name: string, instance: Value<string>): Metric => ({ namespace: 'AWS/RDS', name, dimensions: { DBInstanceIdentifier: instance } });
  const metrics = { cpu: of('CPUUtilization', database), lag: of('ReplicaLag', replica) };
  alarm(t, 'DatabaseCpu', { name: 'database-cpu', description: 'CPU of the database stays high', metric: metrics.cpu, statistic: 'Average', comparison: 'GreaterThanThreshold', threshold: 80, periods: 5, topic, when });
  alarm(t, 'DatabaseStorage', {
    name: 'database-storage',
    description: 'Less than a fifth of the database’s storage is free: enlarge it before it is full',
    metric: of('FreeStorageSpace', database),
    statistic: 'Minimum',
    comparison: 'LessThanThreshold',
    threshold: (allocatedStorage * gibibyte) / 5,
    period: 300,
    periods: 1,
    topic,
    when,
  });
  alarm(t, 'ReplicaLag', {
    name: 'replica-lag',
    description: 'The read replica is more than half a minute behind: a failover now would lose that much',
    metric: metrics.lag,
    statistic: 'Maximum',
    comparison: 'GreaterThanThreshold',
    threshold: 30,
    // A replica that says nothing may be broken.
    missing: multiAz ? 'breaching' : 'notBreaching',
    topic,
    when,
  });
  alarm(t, 'ReplicaStopped', {
    name: 'replica-stopped',
    // RDS reports a lag of -1 when replication does not run at all.
    description: 'The read replica has stopped replicating: it falls behind without a lag that could be measured',
    metric: metrics.lag,
    statistic: 'Minimum',
    comparison: 'LessThanThreshold',
    threshold: 0,
    topic,
    when,
  });
  if (performanceInsights) {
    anomalyAlarm(t, 'DatabaseLoad', { name: 'database-load', description: 'More sessions are active in the database than usual at this hour: Performance Insights shows which statements', metric: of('DBLoad', database), statistic: 'Average', topic, when });
  }
  return metrics;
}
