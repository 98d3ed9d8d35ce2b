import { elementsOf, objectAt, type PlacedResource, type SystemIndex } from '../system-index';
import { calledAfterSeconds, detectionBy, detectionSeconds, type Detection } from './detection';
import { switchTime } from './region-switch';
import { replicationLag } from './replication-lag';

/**
 * Seconds that resolvers keep the answer of an alias for a load balancer. Fixed by Route 53.
 * @see https://aws.amazon.com/route53/faqs/
 */
const aliasTtlSeconds = 60;

/** Seconds after which a load balancer closes a connection that its client keeps using, unless its template says otherwise. */
const defaultKeepAliveSeconds = 3_600;

/** What people do in a recovery, which no template says. */
export interface Commitments {
  /** Minutes from the failed health check until somebody has started to move the database. */
  readonly decisionMinutes: number;
  /** Minutes from there until it takes writes, where no plan with time-outs moves it. */
  readonly promotionMinutes: number;
}

/** How a system comes back in another region after its first is lost. */
export interface Recovery extends Detection {
  readonly ttlSeconds: number;
  /** Seconds for which clients may go on writing to the first region on connections that were open before DNS moved. */
  readonly keptOpenSeconds: number;
  /** Seconds until somebody, or an alarm, has started to move the database. 0 where both regions write. */
  readonly decisionSeconds: number;
  /** Whether an alarm starts it. */
  readonly automatic: boolean;
  /** Seconds until the person who decides has been called. Absent when no alarm watches the health check. */
  readonly calledSeconds?: number;
  /** Seconds until the database takes writes, from the decision. 0 where both regions write. */
  readonly promotionSeconds: number;
  /** Id of the plan that moves it. Absent where it is moved by hand. */
  readonly plan?: string;
  /** Seconds until the other region answers reads. */
  readonly readsSeconds: number;
  /** Seconds until it takes writes. */
  readonly writesSeconds: number;
  /** Seconds of writes that may be lost. Absent when no alarm watches replication. */
  readonly lostSeconds?: number;
  /** Seconds of lag at which somebody is told that replication has stopped. */
  readonly toldSeconds?: number;
}

/**
 * Recovery times of a system in the worst case, one part after the other: detection, the answer that resolvers remember, the
 * decision, and the plan. Of several names that fail over the slowest counts. Connections that are still open prolong the writes only where deciding and moving the database takes
 * less; a read on one of them is answered, or tried again.
 * @returns undefined when no other region can take over: no record fails over, no health check finds the loss for one that does, or
 *   the other region has no database
 * @throws MeridianError as `switchTime` does
 */
export function recoveryOf(index: SystemIndex, commitments: Commitments): Recovery | undefined {
  const ofNames = recordsOf(index, 'PRIMARY').map((first) => recoveryOfName(index, first, commitments));
  const known = ofNames.filter((each) => each !== undefined).sort((a, b) => b.writesSeconds - a.writesSeconds);
  return known.length === ofNames.length ? known[0] : undefined;
}

const recordsOf = (index: SystemIndex, role: 'PRIMARY' | 'SECONDARY'): readonly PlacedResource[] => index.ofType('AWS::Route53::RecordSet').filter(({ properties }) => properties['Failover'] === role);

/** Recovery times of the name that a record answers in the first region. */
function recoveryOfName(index: SystemIndex, first: PlacedResource, commitments: Commitments): Recovery | undefined {
  const other = recordsOf(index, 'SECONDARY').find(({ id }) => id === first.id);
  const [check] = index.referredBy(first.properties['HealthCheckId']);
  const detection = check && detectionBy(index, check);
  if (!other || !detection) return undefined;
  const databases = databasesIn(index, other.region);
  if (databases.length === 0 && databasesIn(index, first.region).length > 0) return undefined;

  const ttlSeconds = first.properties['AliasTarget'] === undefined ? Number(first.properties['TTL']) : aliasTtlSeconds;
  const keptOpenSeconds = keepAliveSeconds(index, first);
  const moved = databases.some(follows) ? moving(index, other.region, commitments) : { decisionSeconds: 0, automatic: false, promotionSeconds: 0 };
  const lag = replicationLag(index, databases);
  const calledSeconds = calledAfterSeconds(index, check);
  const readsSeconds = detectionSeconds(detection) + ttlSeconds;
  return {
    ...detection,
    ttlSeconds,
    keptOpenSeconds,
    ...moved,
    ...(calledSeconds !== undefined && { calledSeconds }),
    readsSeconds,
    writesSeconds: readsSeconds + Math.max(keptOpenSeconds, moved.decisionSeconds + moved.promotionSeconds),
    ...(lag && { lostSeconds: lag.seconds, toldSeconds: lag.toldSeconds }),
  };
}

/** Instances of their own and clusters: what has an instance of a cluster its cluster has. */
function databasesIn(index: SystemIndex, region: string): readonly PlacedResource[] {
  const instances = index.ofType('AWS::RDS::DBInstance').filter(({ properties }) => properties['DBClusterIdentifier'] === undefined);
  return [...instances, ...index.ofType('AWS::RDS::DBCluster')].filter((database) => database.region === region);
}

/** Whether a database of another region's copies it, so that it takes no writes until it is moved. */
const follows = ({ properties }: PlacedResource): boolean => properties['SourceDBInstanceIdentifier'] !== undefined || properties['GlobalClusterIdentifier'] !== undefined;

function moving(index: SystemIndex, region: string, { decisionMinutes, promotionMinutes }: Commitments): Pick<Recovery, 'decisionSeconds' | 'automatic' | 'promotionSeconds' | 'plan'> {
  const plan = switchTime(index, region);
  return {
    decisionSeconds: plan?.startedAfterSeconds ?? decisionMinutes * 60,
    automatic: plan?.startedAfterSeconds !== undefined,
    promotionSeconds: plan?.seconds ?? promotionMinutes * 60,
    ...(plan && { plan: plan.plan }),
  };
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#load-balancer-attributes */
function keepAliveSeconds(index: SystemIndex, record: PlacedResource): number {
  const loadBalancers = index.referredBy(objectAt(record.properties, 'AliasTarget')['DNSName']).filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const seconds = loadBalancers.map(({ properties }) => Number(elementsOf(properties['LoadBalancerAttributes']).find(({ Key }) => Key === 'client_keep_alive.seconds')?.['Value'] ?? defaultKeepAliveSeconds));
  return Math.max(0, ...seconds);
}
