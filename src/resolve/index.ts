/** Parameters, mappings, conditions and intrinsic functions of templates → the concrete resources of one instance. */
export { combinedTemplate, concreteTemplate, type CombinedTemplate, type ConcreteTemplate } from './concrete-template';
export { explain } from './explain';
export { ResolvedInstance, resolveInstance, type InstanceInput } from './instance';
export { patternOf } from './pattern';
export type { Edge, Occurrence, ResolvedOutput, ResolvedResource, ResolvedStack, SecretOccurrence, UnknownOccurrence } from './resolved';
export type { Template, TemplateOutput, TemplateParameter, TemplateResource } from './template';
export { shapeProblem, type ShapeProblem } from './shape';
export { Unknown, type Origin, type Value, type ValueObject } from './unknown';
export { isKnown, leavesOf } from './value';
export { wiresOf } from './wires';
export { knownZones } from './zones';
export { loadSystem, loadTemplates } from './load';
export { resolveSystem, type SystemInput, type ResolvedDeployment } from './system';
