import type { ResolvedDeployment } from '../../resolve';
import { objectAt, SystemIndex } from '../system-index';
import type { CostLine, Costings } from './cost-line';
import { database } from './costing/database';
import { edge } from './costing/edge';
import { network } from './costing/network';
import { operation } from './costing/operation';
import { services } from './costing/services';
import { freeTypes } from './free-types';
import type { PriceList } from './price-list';
import type { Usage } from './usage';

const costings: Costings = { ...services, ...network, ...database, ...edge, ...operation };

/** Resources of a type in a region that the estimate leaves out, and why. */
export interface NotPriced {
  readonly type: string;
  readonly region: string;
  readonly count: number;
  /** Absent where no costing knows the type. */
  readonly missingPrice?: string;
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
  /** US dollars a month that the environment's own budgets allow; absent where it has none. */
  readonly budgetUsd?: number;
}

/**
 * Estimates a month of a resolved environment, resource by resource, from list prices on demand and stated usage. Credits, savings plans,
 * taxes, support and data transfer between zones are not in it.
 * @param primary the region that answers users
 */
export function estimateCost(deployments: readonly ResolvedDeployment[], primary: string, { prices, asOf }: PriceList, usage: Usage): CostEstimate {
  const index = new SystemIndex(deployments);
  const lines: CostLine[] = [];
  const notPriced = new Map<string, NotPriced>();
  let free = 0;
  const leaveOut = (type: string, region: string, missingPrice?: string): void => {
    const key = `${type} ${region} ${missingPrice ?? ''}`;
    notPriced.set(key, { type, region, count: (notPriced.get(key)?.count ?? 0) + 1, ...(missingPrice && { missingPrice }) });
  };
  for (const { deployment, region, instance } of deployments) {
    for (const resource of instance.resources()) {
      const costing = costings[resource.type];
      if (!costing) {
        if (freeTypes.has(resource.type) || resource.type.startsWith('Custom::')) free += 1;
        else leaveOut(resource.type, region);
        continue;
      }
      for (const use of costing({ ...resource, instance: instance.id, region }, { index, usage, primary })) {
        const price = prices.get(use.price)?.usd[region];
        if (price === undefined) leaveOut(resource.type, region, use.price);
        else if (use.quantity > 0) lines.push({ ...use, deployment, region, resource: resource.id, usd: use.quantity * price });
      }
    }
  }
  const budgets = index.ofType('AWS::Budgets::Budget').map(({ properties }) => Number(objectAt(properties, 'Budget', 'BudgetLimit')['Amount']));
  return { lines, usd: total(lines), notPriced: [...notPriced.values()], free, asOf, ...(budgets.length > 0 && { budgetUsd: budgets.reduce((sum, each) => sum + each, 0) }) };
}

/** What lines come to, in US dollars. */
export const total = (lines: readonly Pick<CostLine, 'usd'>[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);
