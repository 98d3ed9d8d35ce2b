import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { auroraGraphs } from '../../modules/monitoring/aurora-graphs';
import type { Graph } from '../../modules/monitoring/dashboard';
import { regionGraphs, taskGraphs } from '../../modules/monitoring/region-graphs';
import { auroraClusterIdentifier } from './database-names';

/** One of the two regions, as its graphs need it. */
export interface ShownRegion {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly otherRegion: Value<string>;
  readonly loadBalancer: Token<'String'>;
}

/** All graphs of one region. Services and database have agreed names, so that the dashboard of both regions can show them too. */
export function graphsOf(t: TemplateBuilder<Parameters, unknown>, { region, place, otherRegion, loadBalancer }: ShownRegion): readonly Graph[] {
  const cluster = auroraClusterIdentifier(t, region);
  const shown = {
    region,
    place,
    loadBalancer,
    cluster: t.resourceName('cluster'),
    services: { web: t.resourceName('web'), api: t.resourceName('api') },
    database: { DBClusterIdentifier: cluster },
  };
  return [...regionGraphs(shown), ...taskGraphs(shown), ...auroraGraphs({ region, place, cluster, otherRegion })];
}
