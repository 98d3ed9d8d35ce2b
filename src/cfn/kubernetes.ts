import type { Deployment } from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { ConfigMap, Namespace, Service, ServiceAccount } from 'kubernetes-types/core/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { Role, RoleBinding } from 'kubernetes-types/rbac/v1';
import type { RegionPair } from './context';
import type { Name, NameScope } from './names';

/** An object as the Kubernetes API takes it, whose optional parts are what a manifest can't do without. */
type Whole<O extends { apiVersion?: string; kind?: string; metadata?: ObjectMeta }> = Omit<O, 'apiVersion' | 'kind' | 'metadata' | 'spec' | 'status'> & {
  readonly apiVersion: NonNullable<O['apiVersion']>;
  readonly kind: NonNullable<O['kind']>;
  readonly metadata: ObjectMeta & { readonly name: string };
} & (O extends { spec?: infer Spec } ? (O extends { kind?: 'Namespace' } ? unknown : { readonly spec: NonNullable<Spec> }) : unknown);

/**
 * Pods registered in a target group that stands outside Kubernetes, as the AWS Load Balancer Controller keeps it.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/
 */
export interface TargetGroupBinding {
  readonly apiVersion: 'elbv2.k8s.aws/v1beta1';
  readonly kind: 'TargetGroupBinding';
  readonly metadata: ObjectMeta & { readonly name: string };
  readonly spec: {
    readonly targetGroupARN: string;
    readonly targetType: 'ip' | 'instance';
    readonly ipAddressType?: 'ipv4' | 'ipv6';
    /** The service whose ready pods are the targets. */
    readonly serviceRef: { readonly name: string; readonly port: number | string };
  };
}

export type NamespaceObject = Whole<Namespace>;
export type ConfigMapObject = Whole<ConfigMap>;
export type ServiceAccountObject = Whole<ServiceAccount>;
export type ServiceObject = Whole<Service>;
export type DeploymentObject = Whole<Deployment>;
export type AutoscalerObject = Whole<HorizontalPodAutoscaler>;
export type DisruptionBudgetObject = Whole<PodDisruptionBudget>;
export type NetworkPolicyObject = Whole<NetworkPolicy>;
export type RoleObject = Whole<Role>;
export type RoleBindingObject = Whole<RoleBinding>;

/** An object of a manifest. */
export type KubernetesObject =
  | NamespaceObject
  | ConfigMapObject
  | ServiceAccountObject
  | ServiceObject
  | DeploymentObject
  | AutoscalerObject
  | DisruptionBudgetObject
  | NetworkPolicyObject
  | RoleObject
  | RoleBindingObject
  | TargetGroupBinding;

/** Objects that are applied together, as one file. */
export interface ManifestFile {
  /** Name without ending; files are applied in the order of their names. */
  readonly name: string;
  /** The region whose cluster takes them. @default every one's */
  readonly region?: string;
  /** In the order in which they are applied. */
  readonly objects: readonly KubernetesObject[];
}

/** What Helm installs from somebody else's chart before the manifests are applied, with values of ours. */
export interface ChartRelease {
  /** Name of the release. */
  readonly name: string;
  /** Address of the repository of charts. */
  readonly repository: string;
  readonly chart: string;
  /** Exact version. */
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The Kubernetes objects of a system in one environment. Texts in them may hold `${Name}` for what is known only once something stands:
 * a root output of `deployment`, or `AWS::AccountId`, `AWS::Region` and `EnvironmentSuffix`.
 */
export interface KubernetesManifests {
  /** Minor version of the clusters, such as `1.35`, by whose schemas the objects are judged. */
  readonly version: string;
  /** The deployment whose root outputs fill in what is not known yet. */
  readonly deployment: string;
  readonly files: readonly ManifestFile[];
  readonly charts: readonly ChartRelease[];
}

/** What the manifests of a system are made from. */
export interface ManifestContext<Settings> {
  readonly settings: Settings;
  readonly regions: RegionPair;
  /** The name that a template gives a resource with `t.resourceName`. Its `text` has the form of a manifest's. */
  resourceName(resource: string, scope?: NameScope): Name;
}

/** The place of a value that is filled in when manifests are applied (see `KubernetesManifests`). */
export const placeholder = <const N extends string>(name: N): `\${${N}}` => `\${${name}}`;
