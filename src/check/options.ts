import type { Tool } from '../toolchain';
import type { ParametersOf } from './built-subject';
import type { Waiver } from './waiver';

/** The programs that a check runs. */
export type CheckTool = 'cfn-lint' | 'cfn-guard' | 'kubernetes-validate';

/** What a check can leave out: the programs, the look-up of metrics, and what holds for an environment as a whole. Quotas and waivers are looked at always. */
export type CheckStep = CheckTool | 'metrics' | 'invariants';

/** All of them, in the order in which they are shown. */
export const everyStep: readonly CheckStep[] = ['cfn-lint', 'cfn-guard', 'kubernetes-validate', 'metrics', 'invariants'];

/** What is said while a check runs: a command line is about to run, or a step ended. */
export type CheckProgress =
  | { readonly kind: 'command'; readonly step: CheckTool; readonly line: string }
  | {
      readonly kind: 'done';
      readonly step: 'quotas' | CheckStep;
      /** Templates; for kubernetes-validate files of objects; for cfn-guard (system, environment, region); for metrics the places that name one; for invariants environments. */
      readonly units: number;
      /** How many of them needed no process. */
      readonly fromCache: number;
      readonly findings: number;
    };

/** How to check, whatever is checked. */
export interface StepOptions {
  /** Processes at a time, of all tools together. @default the number of cores: both are bound by the processor */
  readonly jobs?: number;
  /** @default all */
  readonly steps?: readonly CheckStep[];
  /** Whether results met before may be used. @default true */
  readonly useCache?: boolean;
  /** The folder of `rules/`, `.cfnlintrc.yaml` and `docs/decisions`; results are cached under its `node_modules/.cache`. @default this checkout */
  readonly project?: string;
  /** @default the ones that set-up installed */
  readonly tools?: { readonly cfnLint?: Tool; readonly cfnGuard?: Tool; readonly kubernetesValidate?: Tool };
  readonly onProgress?: (progress: CheckProgress) => void;
  /** Ends the running processes when it fires; the check throws then. @default nothing ends them */
  readonly signal?: AbortSignal;
}

/** What to check of what was built, and by which tools. */
export interface CheckOptions extends StepOptions {
  /** Folder of built systems. */
  readonly dist: string;
  readonly waivers: readonly Waiver[];
  /** The day by which waivers expire, `YYYY-MM-DD`. */
  readonly today: string;
  /** @default every system that was built */
  readonly systems?: readonly string[];
  /** @default every environment that was built */
  readonly environments?: readonly string[];
  /** Deploy-time values, for the rules and the metrics. @default none: they stay unknown and are not judged */
  readonly parametersOf?: ParametersOf;
}
