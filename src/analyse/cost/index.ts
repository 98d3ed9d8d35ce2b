/** Resolved environment, price list and usage → what a month costs, line by line, and what is left out. */
export type { Component, CostLine } from './cost-line';
export { estimateCost, total, type CostEstimate, type NotPriced } from './estimate';
export { priceList, readPriceList, type Price, type PriceList } from './price-list';
export { usageOf, usageReasons, type Usage } from './usage';
