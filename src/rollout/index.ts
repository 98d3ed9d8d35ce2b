/**
 * Rolls built systems: the public face of `src/rollout`.
 *
 * A caller opens a target once (`openTarget`), reads a parameters file (`readParametersFile`) and calls `rollout`, `status` or
 * `destroy`. All of them throw a MeridianError for what is wrong before anything was changed; once something was changed,
 * `rollout` and `destroy` return a result that says what is where, with the exit code it stands for.
 */
export type { AccountOutcome, AccountResult } from './accounts/account-result';
export { breakGlass, planBreakGlass, type BreakGlassIntent, type BreakGlassResult, type BreakGlassRunOptions } from './break-glass/break-glass';
export type { BreakGlassOptions } from './break-glass/prepare';
export { bootstrap, bootstrapGitHub, bootstrapMember, type BootstrapOptions, type BootstrapStack, type MemberOptions } from './bootstrap';
export { memberStacks } from './accounts/member-stacks';
export { destroy, planDestroy, type DestroyOptions, type DestroyResult, type DestructionPlan } from './destroy';
export { detectDrift, type DriftOptions, type DriftReport } from './drift/detect-drift';
export type { Difference, DriftedResource } from './drift/drifted-resource';
export { revertDrift } from './drift/revert-drift';
export type { KeptResource, ProtectedResource } from './retention';
export type { DelegationRecord, GateStop } from './gates';
export type { OperationReference } from './operation';
export { continueRollbacks, type ContinuedRollback } from './continue-rollback/continue-rollback';
export { stuckStacks, type StuckOptions, type StuckResource, type StuckStack } from './continue-rollback/stuck-stack';
export { diagnose, diagnoseById, type DiagnoseOptions, type Diagnosis } from './diagnose/diagnose';
export type { Origin } from './diagnose/origin';
export type { RootOutputs } from './outputs';
export { rootOutputs, type StandingOutputs } from './root-outputs';
export { Build } from './build';
export { fileParameters } from './parameters';
export { readParametersFile, type DeployParameters } from './parameters-file';
export { describeLoss, forbiddenLosses, allowOptions, type Loss } from './plan/consent';
export type { NodePlan, PermissionChange, PropertyChange, ResourceChange, RolloutPlan, RuleChange } from './plan/document';
export { readPlan, writePlan } from './plan/file';
export { plan, type PlanOptions } from './plan/plan';
export type { Listener, NodeAction, NodeOutcome, NodeReference, RolloutEvent, ToldAction } from './progress';
export type { RootCause } from './root-cause';
export { rollout, type NodeResult, type RolloutOptions, type RolloutResult } from './rollout';
export { status, type StatusOptions, type StatusRow } from './status';
export type { AlarmInState } from './bake/alarms';
export type { BakeOptions } from './bake/bake-node';
export type { RollbackRun } from './rollback/roll-back';
export { rollback, type RollbackOptions, type RollbackPreview, type RollbackResult } from './rollback/rollback';
export { openTarget, type Target, type TargetChoice } from './target';
