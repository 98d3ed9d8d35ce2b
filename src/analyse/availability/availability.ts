import type { ResolvedDeployment } from '../../resolve';
import { recoveryOf, type Recovery } from '../recovery';
import type { Assumptions } from './assumptions';
import { composed, figured, ofDatabaseCluster, type Figured } from './dependency';
import { estimate, type Estimate } from './estimate';
import { requestPath } from './request-path';
import type { SlaFigure } from './sla';
import { SystemIndex, type PlacedResource } from '../system-index';

/** How available one environment of a system is by contract, and how available it is likely to be. */
export interface Availability {
  /** The commitments that every request needs. */
  readonly edge: readonly Figured[];
  /** Those behind the edge, by region; the first is the one that answers while it is healthy. */
  readonly regions: readonly { readonly region: string; readonly figures: readonly Figured[] }[];
  /** From 0 to 1: what AWS commits itself to for edge and first region together. No contract covers failing over. */
  readonly composedSla: number;
  /** From 0 to 1: the edge alone, above which no number of regions leads. */
  readonly ceiling: number;
  /** Absent when no other region can take over. */
  readonly recovery?: Recovery;
  readonly reads: Estimate;
  readonly writes: Estimate;
}

/**
 * The availability of a resolved system, from the resources that it has.
 * @param figures     SLA figures, see `readSlaFigures`
 * @param assumptions what the estimates rest on
 * @returns undefined for a system without a CloudFront distribution, which users don't reach
 * @throws MeridianError as `requestPath` and `slaFigure` do
 */
export function availabilityOf(deployments: readonly ResolvedDeployment[], figures: readonly SlaFigure[], assumptions: Assumptions): Availability | undefined {
  const index = new SystemIndex(deployments);
  const path = requestPath(index);
  if (!path) return undefined;
  const edge = figured(figures, path.edge);
  const regions = path.regions.map(({ region, dependencies }) => ({ region, figures: figured(figures, dependencies) }));
  const [first = [], other] = regions.map((each) => each.figures);
  const recovery = recoveryOf(index, assumptions);
  const [database] = path.regions[0]?.databases ?? [];
  const estimated = (recoverySeconds: number | undefined): Estimate =>
    estimate(
      {
        edge: composed(edge),
        first: composed(first),
        ...(other && recoverySeconds !== undefined && { other: { availability: composed(other), recoverySeconds } }),
        ...(database && { database: standbyOf(index, database) }),
      },
      assumptions,
    );
  return {
    edge,
    regions,
    composedSla: composed([...edge, ...first]),
    ceiling: composed(edge),
    ...(recovery && { recovery }),
    reads: estimated(recovery?.readsSeconds),
    writes: estimated(recovery?.writesSeconds),
  };
}

/** Whether a restart of the database leaves a standby, or another instance of its cluster, that takes over. */
function standbyOf(index: SystemIndex, database: PlacedResource): keyof Assumptions['restartMinutes'] {
  const spread = database.type === 'AWS::RDS::DBCluster' ? ofDatabaseCluster(index, database).configuration === 'Multi-AZ' : database.properties['MultiAZ'] === true;
  return spread ? 'Multi-AZ' : 'Single-AZ';
}
