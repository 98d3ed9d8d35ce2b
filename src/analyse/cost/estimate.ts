import type { ResolvedDeployment } from '../../resolve';
import { SystemIndex } from '../system-index';
import { comparedBudgets, type BudgetComparison } from './budgets';
import type { CostLine, Costings } from './cost-line';
import { cache } from './costing/cache';
import { database } from './costing/database';
import { edge } from './costing/edge';
import { kubernetes } from './costing/kubernetes';
import { network } from './costing/network';
import { operation } from './costing/operation';
import { services } from './costing/services';
import { freeTypes } from './free-types';
import type { Pod } from './pods';
import type { PriceList } from './price-list';
import { unpricedTypes } from './unpriced-types';
import type { Usage } from './usage';

const costings: Costings = { ...services, ...kubernetes, ...network, ...database, ...cache, ...edge, ...operation };

/** Resources of a type in a region that the estimate leaves out, and why. */
export interface NotPriced {
  readonly type: string;
  readonly region: string;
  readonly count: number;
  /** Id of a price that the list has not for the region; absent where the whole type is left out. */
  readonly missingPrice?: string;
  /** Why the type is left out; absent where nobody said so. */
  readonly reason?: string;
}

/** What a month of an environment costs at list prices. */
export interface CostEstimate {
  /** Amounts that cost something, in the order of the resources. */
  readonly lines: readonly CostLine[];
  readonly usd: number;
  readonly notPriced: readonly NotPriced[];
  /** Resources that cost nothing by themselves. */
  readonly free: number;
  /** Date of the oldest price. */
  readonly asOf: string;
  /** The environment's own budgets, those of single services too. */
  readonly budgets: readonly BudgetComparison[];
  /** US dollars a month that its budgets for everything allow together; absent where it has none. */
  readonly budgetUsd?: number;
}

/**
 * Estimates a month of a resolved environment, resource by resource, from list prices on demand and stated usage. Credits, savings plans,
 * taxes, support and data transfer between zones are not in it.
 * @param primary the region that answers users
 * @param pods what the environment's Kubernetes manifests ask for. @default none
 */
export function estimateCost(deployments: readonly ResolvedDeployment[], primary: string, { prices, asOf }: PriceList, usage: Usage, pods: readonly Pod[] = []): CostEstimate {
  const index = new SystemIndex(deployments);
  const lines: CostLine[] = [];
  const notPriced = new Map<string, NotPriced>();
  let free = 0;
  const leaveOut = (type: string, region: string, why: Pick<NotPriced, 'missingPrice' | 'reason'>): void => {
    const key = `${type} ${region} ${why.missingPrice ?? why.reason ?? ''}`;
    notPriced.set(key, { type, region, count: (notPriced.get(key)?.count ?? 0) + 1, ...why });
  };
  for (const { deployment, region, instance } of deployments) {
    for (const resource of instance.resources()) {
      const reason = unpricedTypes.get(resource.type);
      const uses = costings[resource.type]?.({ ...resource, instance: instance.id, region }, { index, usage, primary, pods });
      if (uses === undefined && !isFree(resource.type)) leaveOut(resource.type, region, reason === undefined ? {} : { reason });
      if (uses === undefined ? isFree(resource.type) : uses.length === 0) free += 1;
      for (const use of uses ?? []) {
        const billed = use.region ?? region;
        const price = prices.get(use.price)?.usd[billed];
        if (price === undefined) leaveOut(resource.type, billed, { missingPrice: use.price });
        else if (Number.isNaN(use.quantity)) leaveOut(resource.type, billed, { reason: `how much ${use.price} it uses is not known` });
        else if (use.quantity > 0) lines.push({ ...use, deployment, region: billed, resource: resource.id, usd: use.quantity * price });
      }
    }
  }
  const budgets = comparedBudgets(index.ofType('AWS::Budgets::Budget'), lines, { prices });
  const whole = budgets.filter(({ services }) => services === undefined);
  return { lines, usd: total(lines), notPriced: [...notPriced.values()], free, asOf, budgets, ...(whole.length > 0 && { budgetUsd: whole.reduce((sum, { limitUsd }) => sum + limitUsd, 0) }) };
}

/** How the estimate treats a type: in several ways only by mistake, in none where nobody thought of it. */
export function treatmentsOf(type: string): readonly ('priced' | 'free' | 'left out')[] {
  return [...(costings[type] ? ['priced' as const] : []), ...(isFree(type) ? ['free' as const] : []), ...(unpricedTypes.has(type) ? ['left out' as const] : [])];
}

const isFree = (type: string): boolean => freeTypes.has(type) || type.startsWith('Custom::');

/** What lines come to, in US dollars. */
export const total = (lines: readonly Pick<CostLine, 'usd'>[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);
