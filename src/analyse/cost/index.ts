/** Resolved environment, price list and usage → what a month costs, line by line, and what is left out. */
export type { BudgetComparison } from './budgets';
export { workingHours } from './costing/load';
export type { Component, CostLine } from './cost-line';
export { estimateCost, total, treatmentsOf, type CostEstimate, type NotPriced } from './estimate';
export { fargateSize, podsOf, readPods, type Pod } from './pods';
export { readPriceList, type Price, type PriceList } from './price-list';
export { usageOf, usageReasons, type Usage } from './usage';
