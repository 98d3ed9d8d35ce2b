import { elementsOf, objectAt, type PlacedResource } from '../../system-index';
import type { CostContext, Costings, Use } from '../cost-line';
import { fargateSize, type Pod } from '../pods';
import { instances } from './instances';
import { serves } from './load';

const component = 'Kubernetes';

/** Size in GiB of a node's volume where neither the group nor its launch template says one. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html */
const nodeVolume = 20;

/** EKS: clusters, managed nodes, and pods on Fargate. */
export const kubernetes: Costings = {
  // Only a version in standard support costs this; an older one costs six times as much.
  'AWS::EKS::Cluster': (_, { usage }) => [{ component, price: 'eks-cluster', quantity: usage.hours }],
  'AWS::EKS::Nodegroup': (group, { index, usage }) => {
    const [template] = index.referredBy(group.properties['LaunchTemplate']);
    const scaling = objectAt(group.properties, 'ScalingConfig');
    const [type] = Array.isArray(group.properties['InstanceTypes']) ? group.properties['InstanceTypes'] : [];
    const count = Number(scaling['DesiredSize'] ?? scaling['MinSize'] ?? 1);
    const share = group.properties['CapacityType'] === 'SPOT' ? usage.spotShare : 1;
    return instances(component, { count, share, type, template, volume: Number(group.properties['DiskSize'] ?? nodeVolume) }, usage);
  },
  'AWS::EKS::FargateProfile': (profile, context) => context.pods.filter((pod) => selects(profile, pod)).flatMap((pod) => podUses(pod, profile, context)),
};

/** Whether a profile takes a pod: by region and namespace. Labels of selectors are not read, so that a pod is counted rather than lost. */
function selects({ properties, region }: PlacedResource, pod: Pod): boolean {
  return pod.region === region && elementsOf(properties['Selectors']).some(({ Namespace }) => Namespace === pod.namespace);
}

/** Running pods like tasks: the least, and where users are served a share of what scaling may add. */
function podUses(pod: Pod, profile: PlacedResource, { usage, primary }: CostContext): Use[] {
  const size = fargateSize(pod) ?? { vcpu: Number.NaN, memory: Number.NaN };
  const running = serves(profile, primary) ? pod.least + (pod.most - pod.least) * usage.busyShare : pod.least;
  return [
    { component, price: 'fargate-vcpu', quantity: running * size.vcpu * usage.hours },
    { component, price: 'fargate-memory', quantity: running * size.memory * usage.hours },
  ];
}
