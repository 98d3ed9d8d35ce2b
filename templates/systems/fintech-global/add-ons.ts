import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { eksAddOn } from '../../modules/compute/eks-add-on';
import type { EksClusterHandle } from '../../modules/compute/eks-cluster';
import { podRole } from '../../modules/compute/eks-pod-role';
import { logGroup } from '../../modules/monitoring/log-group';
import { awsManagedPolicy } from '../../modules/security/aws-managed-policy';
import { addOnVersions } from './add-on-versions';
import type { FintechGlobalSettings } from './environments';
import { clusterName, systemNodes } from './cluster-names';

type Builder = TemplateBuilder<Parameters, FintechGlobalSettings>;

/** Puts pods on the system nodes, and nowhere else. */
const onSystemNodes = {
  nodeSelector: { [systemNodes.key]: systemNodes.value },
  tolerations: [{ key: systemNodes.key, operator: 'Equal', value: systemNodes.value, effect: 'NoSchedule' }],
} as const;

/** Log groups of Container Insights, which the agents would make themselves, without key and end. */
const insights = { Application: 'application', DataPlane: 'dataplane', Host: 'host', Performance: 'performance' } as const;

/**
 * What must run on each node before pods get an address, a route and a role: the network plugin, which also enforces network policies
 * on nodes, the proxy, and the agent of EKS Pod Identity. They tolerate every taint by themselves.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 */
export function nodeAddOns(t: Builder, cluster: EksClusterHandle): readonly Handle[] {
  const version = addOnVersions[t.settings.kubernetes.version];
  const network = podRole(t, 'NetworkPluginRole', {
    name: t.resourceName('network-plugin', 'account'),
    description: 'Lets the network plugin give pods on nodes addresses of the VPC',
    cluster,
    namespace: 'kube-system',
    serviceAccount: 'aws-node',
    managedPolicyArns: [awsManagedPolicy('AmazonEKS_CNI_Policy')],
  });
  const agent = eksAddOn(t, 'PodIdentityAgent', { cluster, name: 'eks-pod-identity-agent', version: version['eks-pod-identity-agent'] });
  const proxy = eksAddOn(t, 'KubeProxy', { cluster, name: 'kube-proxy', version: version['kube-proxy'] });
  const plugin = eksAddOn(t, 'NetworkPlugin', {
    cluster,
    name: 'vpc-cni',
    version: version['vpc-cni'],
    configuration: { enableNetworkPolicy: 'true' },
    identities: { 'aws-node': network.att('Arn') },
    after: [agent],
  });
  return [agent, proxy, plugin];
}

/**
 * What runs on the system nodes once they are there: the cluster's name servers, the metrics by which pods are scaled, and the agents
 * of Container Insights.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html
 */
export function systemAddOns(t: Builder, cluster: EksClusterHandle, keyArn: IntrinsicFunction, nodes: Handle): void {
  const version = addOnVersions[t.settings.kubernetes.version];
  eksAddOn(t, 'NameServers', { cluster, name: 'coredns', version: version.coredns, configuration: onSystemNodes, after: [nodes] });
  eksAddOn(t, 'MetricsServer', { cluster, name: 'metrics-server', version: version['metrics-server'], configuration: onSystemNodes, after: [nodes] });

  const logs = Object.entries(insights).map(([part, name]) =>
    logGroup(t, `${part}Log`, { name: clusterName(t).after('/aws/containerinsights/').with(`/${name}`), retentionInDays: t.settings.logRetentionDays, keyArn }),
  );
  const agents = podRole(t, 'ObservabilityRole', {
    name: t.resourceName('observability', 'account'),
    description: 'Lets the CloudWatch agents write metrics and logs of nodes and their pods',
    cluster,
    namespace: 'amazon-cloudwatch',
    serviceAccount: 'cloudwatch-agent',
    managedPolicyArns: [awsManagedPolicy('CloudWatchAgentServerPolicy')],
  });
  const { tolerations } = onSystemNodes;
  eksAddOn(t, 'Observability', {
    cluster,
    name: 'amazon-cloudwatch-observability',
    version: version['amazon-cloudwatch-observability'],
    configuration: { tolerations, manager: { tolerations } },
    identities: { 'cloudwatch-agent': agents.att('Arn') },
    after: [nodes, ...logs],
  });
}
