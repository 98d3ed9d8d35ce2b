import type { Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';

type Builder = TemplateBuilder<Parameters, unknown>;

/**
 * Identifier of a region's Aurora cluster, which ends in the region: the clusters of a global database must differ in name.
 * @param region one of the two by its name. @default the stack's own, which `Aws.region` means as well
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
 */
export function auroraClusterIdentifier(t: Builder, region?: Value<string>): Name {
  const own = t.resourceName('aurora', 'account');
  return typeof region === 'string' ? own.in(region) : own;
}

/**
 * Identifier of an instance of the cluster.
 * @param number  1 for the one that becomes the writer
 */
export const auroraInstanceIdentifier = (t: Builder, number: number): Name => t.resourceName(`aurora-${number}`);

/** Name of the subnets that a region's cluster stands in. */
export const auroraSubnetGroupName = (t: Builder): Name => t.resourceName('aurora');

/** Identifier of the global database that both clusters belong to. */
export const globalClusterIdentifier = (t: Builder): Name => t.resourceName('global');
