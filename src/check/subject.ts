import type { ResolvedDeployment } from '../resolve';
import type { GuardRule } from './cfn-guard/rule';
import type { Invariant } from './invariants/invariant';
import type { CheckedTemplate } from './checked-template';
import type { Finding } from './finding';
import type { CheckedManifest } from './kubernetes/checked-manifest';
import type { BuiltEnvironment } from './read-templates';

/** The instances of one system and environment, all its regions, and the templates that they were resolved from. */
export interface ResolvedEnvironment extends BuiltEnvironment {
  /** The environment as it stands in names, `prod`, for a system that was built here. */
  readonly shortEnvironment?: string;
  /** Values of parameters that differ from the environment's own: `CostExport=enabled`; undefined for the environment as its parameters have it. */
  readonly choice?: string;
  readonly instances: readonly ResolvedDeployment[];
  /** The template of a resolved resource's `file`. */
  readonly templates: ReadonlyMap<string, CheckedTemplate>;
}

/** What resolving came to, an environment once for each choice that its parameters leave: one whose templates do not fit together is missing, and a finding. */
export interface Resolution {
  readonly environments: readonly ResolvedEnvironment[];
  readonly findings: readonly Finding[];
}

/** What a check looks at, whether built here or written by somebody else. */
export interface Subject {
  /** The environments; a folder's are its roots. */
  readonly scope: readonly BuiltEnvironment[];
  readonly templates: readonly CheckedTemplate[];
  /** The Kubernetes objects beside them. @default none: a folder of templates has none, and of mutants only templates differ */
  readonly manifests?: readonly CheckedManifest[];
  /** The rules that the subject must follow, of all there are. */
  readonly rulesFor: (rules: readonly GuardRule[]) => readonly GuardRule[];
  /** The invariants that it must keep, of all there are. */
  readonly invariantsFor: (invariants: readonly Invariant[]) => readonly Invariant[];
  /**
   * Whether a metric that is not on the list, or a name that no resource has, is wrong. In systems of this catalogue it is;
   * templates of others may name what stands elsewhere, and are told only what is surely wrong.
   */
  readonly strictMetrics: boolean;
  /** Resolves everything, for the rules and the metrics. */
  readonly resolve: () => Resolution;
  /** Says more precisely where a finding is: the emitted file, or the line. */
  readonly locate: (finding: Finding) => Finding;
  readonly notes: readonly string[];
}

/** The finding that stands for an environment that can't be resolved. */
export function unresolvedFinding({ system, environment }: BuiltEnvironment, message: string): Finding {
  return {
    source: 'resolve',
    rule: 'unresolved',
    controls: [],
    severity: 'HIGH',
    what: 'The templates do not resolve, so no rule judged them and no metric was looked up',
    where: { system, environment, regions: [] },
    now: message,
    fix: 'Correct the template that the message names; cfn-lint often says more about the same place',
    path: '',
  };
}
