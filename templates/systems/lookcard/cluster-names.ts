import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { pascal } from './parameters';
import type { ClusterName } from './service-row';

/** The six clusters, in the order in which their deployments stand. */
export const clusterNames = ['core-application', 'composite-application', 'listener', 'administrative', 'cronjob', 'supabase'] as const satisfies readonly ClusterName[];

/** A cluster's name, the same in both regions; the key of its tasks' storage names it. */
export const clusterName = (t: TemplateBuilder<Parameters, unknown>, cluster: ClusterName): Name => t.resourceName(cluster);

/** The output with a cluster's name, for example `CoreApplicationClusterName`. */
export const clusterOutput = <Cluster extends ClusterName>(cluster: Cluster): `${PascalCase<Cluster>}ClusterName` => `${pascal(cluster) as PascalCase<Cluster>}ClusterName`;

/** `core-application` as `CoreApplication`. */
export type PascalCase<Text extends string> = Text extends `${infer Head}-${infer Tail}` ? `${Capitalize<Head>}${PascalCase<Tail>}` : Capitalize<Text>;

/** The private domain in which services find each other, the same in both regions: `account-api.production.lookcard.internal`. */
export const namespaceDomain = ({ context }: TemplateBuilder<Parameters, unknown>): string => `${context.environment}.lookcard.internal`;
