/**
 * Rolls built systems: the public face of `src/rollout`.
 *
 * A caller opens a target once (`openTarget`), reads a parameters file (`readParametersFile`) and calls `rollout`, `status` or
 * `destroy`. All of them throw a MeridianError for what is wrong before anything was changed; once something was changed,
 * `rollout` and `destroy` return a result that says what is where, with the exit code it stands for.
 */
export { bootstrap, type BootstrapOptions, type BootstrapStack } from './bootstrap';
export { destroy, planDestroy, type DestroyOptions, type DestroyResult, type DestructionPlan } from './destroy';
export type { KeptResource, ProtectedResource } from './retention';
export type { DelegationRecord, GateStop } from './gates';
export type { OperationReference } from './operation';
export { diagnose, diagnoseById, type DiagnoseOptions, type Diagnosis } from './diagnose/diagnose';
export type { ExplainedCause } from './diagnose/explain';
export type { Origin } from './diagnose/origin';
export type { RootOutputs } from './outputs';
export { Build } from './build';
export { fileParameters } from './parameters';
export { readParametersFile, type DeployParameters } from './parameters-file';
export { describeLoss, forbiddenLosses, allowOptions, type Loss } from './plan/consent';
export type { NodePlan, PermissionChange, PropertyChange, ResourceChange, RolloutPlan, RuleChange } from './plan/document';
export { readPlan, writePlan } from './plan/file';
export { plan, type PlanOptions } from './plan/plan';
export type { Listener, NodeAction, NodeOutcome, NodeReference, RolloutEvent } from './progress';
export type { RootCause } from './root-cause';
export { rollout, type NodeResult, type RolloutOptions, type RolloutResult } from './rollout';
export { status, type StatusOptions, type StatusRow } from './status';
export { openTarget, type Target, type TargetChoice } from './target';
