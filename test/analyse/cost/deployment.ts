import { join } from 'node:path';
import { estimateCost, readPriceList, usageOf, type CostLine, type Pod } from '../../../src/analyse/cost';
import { resolveInstance, type ResolvedDeployment, type Template } from '../../../src/resolve';
import { checkout } from '../../../src/toolchain';

/** The price list as it is. */
export const list = readPriceList(join(checkout, 'prices', 'list.json'));

/** What production is assumed to use. */
export const usage = usageOf('production');

/** A deployment of one region, made of resources. */
export function deployment(resources: Readonly<Record<string, object>>, region = 'us-east-1'): ResolvedDeployment {
  const root = { AWSTemplateFormatVersion: '2010-09-09', Resources: resources } as unknown as Template;
  return { deployment: 'platform', region, instance: resolveInstance({ root, file: 'root.json', region, accountId: '111111111111', id: `shop/production/platform/${region}`, parameters: {} }) } as ResolvedDeployment;
}

/** A resource of a template. */
export const resource = (Type: string, Properties: object = {}): object => ({ Type, Properties });

/** What resources cost in regions of which us-east-1 serves, line by line. */
export function linesOf(resources: Readonly<Record<string, object>>, { regions = ['us-east-1'], pods = [] }: { readonly regions?: readonly string[]; readonly pods?: readonly Pod[] } = {}): readonly CostLine[] {
  return estimateCost(regions.map((region) => deployment(resources, region)), 'us-east-1', list, usage, pods).lines;
}

/** How much is used of what has a price, in a region. */
export function quantityOf(lines: readonly CostLine[], price: string, region = 'us-east-1'): number {
  return lines.filter((line) => line.price === price && line.region === region).reduce((sum, { quantity }) => sum + quantity, 0);
}
