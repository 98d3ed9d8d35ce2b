import type { Name, RegionPair, Value } from '../../../src/cfn';
import type { Plan } from '../../../src/cfn/generated/arcregionswitch';
import { allow, arn, type Statement } from '../security/policy';

/** How far a workload is scaled, and how long that may take. */
export interface Scaling {
  readonly timeoutMinutes: number;
  /** Percent of the capacity with which a switch away from a lost region goes on. */
  readonly minimumCapacityPercent: number;
}

/** Workloads that a region-switch plan brings to the strength that the other region had in the last day. */
export interface ScaledWorkloads {
  /** A step for each of them. */
  steps(scaling: Scaling): readonly Plan.Step[];
  /** What the plan's role needs for it. */
  readonly rights: readonly Statement[];
}

/** A service that has the same name in both regions. */
export interface SwitchedService {
  /** Its part of the step's name, for example `frontend`. */
  readonly name: string;
  readonly service: Name;
}

/**
 * Services of ECS. Reading and registering scalable targets name no resource, because AWS's evaluation of the plan asks for them without one.
 * @param cluster name of the ECS cluster in both regions
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/ecs-service-scaling-block.html
 */
export function ecsServices({ primary, secondary }: RegionPair, { cluster, services }: { readonly cluster: Name; readonly services: readonly SwitchedService[] }): ScaledWorkloads {
  const regions = [primary, secondary];
  const clusterArn = (region: string): Value<string> => arn('ecs', `cluster/${cluster.text}`, { region });
  const serviceArn = (service: Name, region: string): Value<string> => arn('ecs', `service/${cluster.text}/${service.text}`, { region });
  return {
    steps: ({ timeoutMinutes, minimumCapacityPercent }) =>
      services.map(({ name, service }) => ({
        Name: `scale-${name}`,
        ExecutionBlockType: 'ECSServiceScaling',
        ExecutionBlockConfiguration: {
          EcsCapacityIncreaseConfig: {
            // One service in each region: the block takes exactly two.
            Services: regions.map((region) => ({ ClusterArn: clusterArn(region), ServiceArn: serviceArn(service, region) })),
            CapacityMonitoringApproach: 'sampledMaxInLast24Hours',
            TargetPercent: 100,
            TimeoutMinutes: timeoutMinutes,
            Ungraceful: { MinimumSuccessPercentage: minimumCapacityPercent },
          },
        },
      })),
    rights: [
      allow(['ecs:DescribeServices', 'ecs:UpdateService'], services.flatMap(({ service }) => regions.map((region) => serviceArn(service, region)))),
      allow(['ecs:DescribeClusters'], regions.map(clusterArn)),
      allow(['ecs:ListServices', 'application-autoscaling:DescribeScalableTargets', 'application-autoscaling:RegisterScalableTarget', 'cloudwatch:GetMetricStatistics'], ['*']),
    ],
  };
}

/** Several kinds of workloads, or those of several clusters, as one. Rights that all of them ask for in the same words are given once. */
export function allWorkloads(workloads: readonly ScaledWorkloads[]): ScaledWorkloads {
  const rights = new Map(workloads.flatMap((each) => each.rights).map((statement) => [JSON.stringify(statement), statement]));
  return { steps: (scaling) => workloads.flatMap((each) => each.steps(scaling)), rights: [...rights.values()] };
}

/** Deployments of Kubernetes that have the same names in the clusters of both regions. */
export interface EksDeploymentsSettings {
  /** Name of the EKS cluster in both regions. */
  readonly cluster: Name;
  readonly namespace: string;
  /** Names of the deployments, which are also those of their horizontal pod autoscalers. */
  readonly deployments: readonly string[];
}

/**
 * Deployments of Kubernetes. ARC keeps their autoscalers from scaling down while it scales up, and waits until the pods are ready. Its
 * rights inside the clusters are access entries of theirs for the plan's role, with the policy `AmazonARCRegionSwitchScalingPolicy`.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/eks-resource-scaling-block.html
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/security_iam_region_switch_eks.html
 */
export function eksDeployments({ primary, secondary }: RegionPair, { cluster, namespace, deployments }: EksDeploymentsSettings): ScaledWorkloads {
  const regions = [primary, secondary];
  const clusterArns = regions.map((region) => arn('eks', `cluster/${cluster.text}`, { region }));
  return {
    steps: ({ timeoutMinutes, minimumCapacityPercent }) =>
      deployments.map((name) => ({
        Name: `scale-${name}`,
        ExecutionBlockType: 'EKSResourceScaling',
        ExecutionBlockConfiguration: {
          EksResourceScalingConfig: {
            KubernetesResourceType: { ApiVersion: 'apps/v1', Kind: 'Deployment' },
            // By name and then by region: where each of the two clusters has it.
            ScalingResources: [{ [name]: Object.fromEntries(regions.map((region) => [region, { Namespace: namespace, Name: name, HpaName: name }])) }],
            EksClusters: clusterArns.map((ClusterArn) => ({ ClusterArn })),
            CapacityMonitoringApproach: 'sampledMaxInLast24Hours',
            TargetPercent: 100,
            TimeoutMinutes: timeoutMinutes,
            Ungraceful: { MinimumSuccessPercentage: minimumCapacityPercent },
          },
        },
      })),
    rights: [
      allow(['eks:DescribeCluster'], clusterArns),
      allow(['eks:ListAssociatedAccessPolicies'], regions.map((region) => arn('eks', `access-entry/${cluster.text}/*`, { region }))),
    ],
  };
}
