import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';

type Builder = TemplateBuilder<Parameters, unknown>;

/** Identifier of a system's Aurora cluster, the same in both regions. */
export const auroraClusterIdentifier = (t: Builder): Name => t.resourceName('aurora');

/**
 * Identifier of an instance of the cluster.
 * @param number  1 for the one that becomes the writer
 */
export const auroraInstanceIdentifier = (t: Builder, number: number): Name => t.resourceName(`aurora-${number}`);

/** Identifier of the global database that both clusters belong to. */
export const globalClusterIdentifier = (t: Builder): Name => t.resourceName('global');
