import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';

/** Templates, and manifests of the cluster, which name the same things. */
type Builder = Pick<TemplateBuilder<Parameters, unknown>, 'resourceName'>;

/** Name of the Kubernetes cluster, the same in both regions. */
export const clusterName = (t: Builder): Name => t.resourceName('cluster');

/** Log group into which Fargate's log router writes what the pods of both services print. */
export const podLogGroupName = (t: Builder): Name => clusterName(t).after('/aws/eks/').with('/pods');

/** Kubernetes group of the pipeline, to which a role binding gives what no access policy of EKS's does. */
export const pipelineGroup = 'pipeline';

/** Label and taint of the nodes on which the cluster's own software runs, and nothing else. */
export const systemNodes = { key: 'role', value: 'system' } as const;
