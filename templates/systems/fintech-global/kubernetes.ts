import { placeholder, type KubernetesManifests, type KubernetesObject, type ManifestContext } from '../../../src/cfn';
import { disruptionBudget } from '../../modules/kubernetes/disruption-budget';
import { fargateDeployment, type FargateDeploymentSettings } from '../../modules/kubernetes/fargate-deployment';
import { fargateLogging } from '../../modules/kubernetes/fargate-logging';
import { loadBalanced } from '../../modules/kubernetes/load-balanced';
import { loadBalancerController } from '../../modules/kubernetes/load-balancer-controller';
import { restrictedNamespace } from '../../modules/kubernetes/namespace';
import { podAutoscaler } from '../../modules/kubernetes/pod-autoscaler';
import { serviceAccount } from '../../modules/kubernetes/service-account';
import { targetGroupBinders } from '../../modules/kubernetes/target-group-binders';
import { pipelineGroup, podLogGroupName, systemNodes } from './cluster-names';
import { drainingSeconds } from './entrance';
import type { FintechGlobalSettings } from './environments';
import { networkPolicies } from './network-policies';
import { podEnvironment } from './pod-environment';

/** Seconds until the load balancer has learnt that a pod leaves, and sends it no more requests. */
const noticeSeconds = 15;

/**
 * What the cluster of each region runs: two services on Fargate, and what they need around them. Regions differ in the numbers of pods
 * and the ranges of their networks, nothing else.
 * @see docs/decisions/0024-kubernetes-manifests.md
 */
export function manifests(context: ManifestContext<FintechGlobalSettings>): KubernetesManifests {
  const { settings, regions } = context;
  const { version, namespace } = settings.kubernetes;
  const workloads = { api: { name: 'api', namespace }, worker: { name: 'worker', namespace } } as const;
  const { api, worker } = workloads;
  const deployment = (name: keyof typeof workloads, more: Pick<FargateDeploymentSettings, 'image' | 'drainingSeconds'>): KubernetesObject =>
    fargateDeployment({ ...workloads[name], ...settings.services[name], healthPaths: settings.healthPaths, environment: podEnvironment(context)[name], ...more });
  const autoscalers = (part: keyof typeof regions) =>
    Object.values(workloads).map((workload) => podAutoscaler({ ...workload, ...settings.services[workload.name].pods[part], cpuTargetPercent: settings.services[workload.name].cpuTargetPercent }));
  const inRegions = (name: string, objects: (part: keyof typeof regions) => readonly KubernetesObject[]) => (['primary', 'secondary'] as const).map((part) => ({ name, region: regions[part], objects: objects(part) }));

  return {
    version,
    deployment: 'platform',
    files: [
      {
        // What the pipeline may not make: its rights end at the namespace.
        name: '10-cluster',
        objects: [
          // Its pods become ready once the load balancer finds them healthy, so that a new version takes no old pod away before.
          restrictedNamespace(namespace, version, { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' }),
          ...fargateLogging({ version, region: placeholder('AWS::Region'), logGroupName: podLogGroupName(context).text }),
          ...targetGroupBinders(namespace, pipelineGroup),
        ],
      },
      { name: '20-service-accounts', objects: [serviceAccount(api, placeholder('ApiRoleArn')), serviceAccount(worker, placeholder('WorkerRoleArn'))] },
      ...inRegions('30-network-policies', (part) => networkPolicies(workloads, settings, regions[part])),
      {
        name: '40-api',
        // Service and binding first: the readiness gate is put into pods that come after them.
        objects: [...loadBalanced(api, placeholder('ApiTargetGroupArn')), disruptionBudget(api), deployment('api', { image: placeholder('ApiImage'), drainingSeconds: drainingSeconds + noticeSeconds })],
      },
      { name: '50-worker', objects: [disruptionBudget(worker), deployment('worker', { image: placeholder('WorkerImage') })] },
      ...inRegions('60-autoscalers', autoscalers),
    ],
    charts: [loadBalancerController({ clusterName: placeholder('ClusterName'), region: placeholder('AWS::Region'), vpcId: placeholder('VpcId'), nodes: systemNodes })],
  };
}
