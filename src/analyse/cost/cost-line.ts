import type { PlacedResource, SystemIndex } from '../system-index';
import type { Pod } from './pods';
import type { Usage } from './usage';

/** What a part of the bill is for. */
export type Component = 'Services' | 'Kubernetes' | 'Load balancing' | 'Network' | 'Database' | 'Cache' | 'Tables' | 'Edge' | 'DNS' | 'API' | 'Keys and secrets' | 'Monitoring' | 'Logs' | 'Storage' | 'Recovery';

/** An amount that a resource uses of something with a price. */
export interface Use {
  readonly component: Component;
  /** Id in the price list. */
  readonly price: string;
  /** In the price's unit, for a month. */
  readonly quantity: number;
  /** Where it is used and billed. @default the region of the resource */
  readonly region?: string;
}

/** What resources are priced with. */
export interface CostContext {
  readonly index: SystemIndex;
  readonly usage: Usage;
  /** The region that answers users; a standby carries no traffic. */
  readonly primary: string;
  /** Pods that the manifests beside the templates ask for. */
  readonly pods: readonly Pod[];
}

/** What one resource of a type uses in a month; nothing where it costs nothing by itself. */
export type Costing = (resource: PlacedResource, context: CostContext) => readonly Use[];

/** Costings by resource type. */
export type Costings = Readonly<Record<string, Costing>>;

/** One amount of a resource, with what it comes to. */
export interface CostLine extends Use {
  readonly deployment: string;
  readonly region: string;
  /** Id of the resource: `Data/Instance1`. */
  readonly resource: string;
  readonly usd: number;
}
