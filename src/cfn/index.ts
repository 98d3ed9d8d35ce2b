export { Condition } from './conditions';
export type { RegionPair } from './context';
export type { ConditionalOutput, DeploymentInstance, Gate, ParameterOrigin, RegionOrder } from './deployment';
export type { Handle } from './handle';
export { Aws, Fn, IntrinsicFunction, type Value } from './intrinsics';
export {
  placeholder,
  type AutoscalerObject,
  type ChartRelease,
  type ConfigMapObject,
  type DeploymentObject,
  type DisruptionBudgetObject,
  type KubernetesManifests,
  type KubernetesObject,
  type ManifestContext,
  type ManifestFile,
  type NamespaceObject,
  type NetworkPolicyObject,
  type RoleBindingObject,
  type RoleObject,
  type ServiceAccountObject,
  type ServiceObject,
  type TargetGroupBinding,
} from './kubernetes';
export { Name } from './names';
export { nest, type WiresOf } from './nest';
export { Token, listToken, stringToken, type ParameterDefinition, type Parameters } from './parameters';
export { defineSystem, type Environment, type RecoveryTargets, type System, type SystemInstance } from './system';
export { TemplateBuilder, templatesOf, type TemplateDefinition } from './template';
export type { TemplateInstance } from './template-instance';
