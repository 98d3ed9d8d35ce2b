import { elementsOf, type PlacedResource, type SystemIndex } from '../system-index';
import { alarmSeconds } from './detection';

/** How far a replica may be behind. */
export interface ReplicationLag {
  /** Seconds of lag that may stand without an alarm: what is lost with the region then. */
  readonly seconds: number;
  /** Seconds of lag at which the alarm tells of a replication that has stopped: they grow until its periods are over. */
  readonly toldSeconds: number;
}

/**
 * Metrics of replication lag, with how many of their units make a second. AWS measures Aurora's in milliseconds, in the region that
 * follows only.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
const perSecond: Readonly<Record<string, number>> = { ReplicaLag: 1, AuroraGlobalDBReplicationLag: 1_000, AuroraGlobalDBRPOLag: 1_000 };

/**
 * The lag of a region's databases up to which no alarm goes off. Of several alarms the strictest counts.
 *
 * It is no bound: a region that is lost together with its replication loses what was written since, and a peak shorter than the
 * alarm's periods goes by untold. Aurora PostgreSQL can set one (`rds.global_db_rpo`) at the price of writes that wait.
 * @param databases those that follow, in the region that would take over
 * @returns undefined when no alarm watches them
 */
export function replicationLag(index: SystemIndex, databases: readonly PlacedResource[]): ReplicationLag | undefined {
  const lags = index
    .ofType('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => String(properties['ComparisonOperator']).startsWith('GreaterThan'))
    .filter((alarm) => elementsOf(alarm.properties['Dimensions']).some(({ Value }) => index.referredBy(Value).some((database) => databases.includes(database))))
    .flatMap((alarm): readonly ReplicationLag[] => {
      const units = perSecond[String(alarm.properties['MetricName'])];
      if (units === undefined) return [];
      const seconds = Number(alarm.properties['Threshold']) / units;
      return [{ seconds, toldSeconds: seconds + alarmSeconds(alarm) }];
    });
  return lags.sort((a, b) => a.seconds - b.seconds || a.toldSeconds - b.toldSeconds)[0];
}
