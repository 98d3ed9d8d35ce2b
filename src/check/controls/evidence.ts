import type { WaivedFinding } from '../apply-waivers';
import type { Severity } from '../finding';
import type { RuleState } from '../outcome';
import { isRequirement } from '../waiver';

/** What a check that serves controls came to; the outcome of a Guard rule or of an invariant is one. */
export interface Evidence {
  /** Its id, which findings and waivers name. */
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  /** The controls and requirement ids it serves. */
  readonly controls: readonly string[];
  /** Its worst state in each environment that it applies to, by `kasha/production`. */
  readonly environments: Readonly<Record<string, RuleState>>;
}

/** How a rule stands in one environment. */
export interface Standing {
  readonly state: RuleState;
  /** The last day of the waiver that ends first, for a rule that is waived. */
  readonly waivedUntil?: string;
}

/** A rule as it counts for a control. */
export interface JudgedRule extends Pick<Evidence, 'rule' | 'title' | 'severity'> {
  readonly requirements: readonly string[];
  /** By environment; one that is missing has nothing that the rule is about. */
  readonly environments: Readonly<Record<string, Standing>>;
}

/** A rule with how it stands in each environment that it applies to, and until when it is waived. */
export function judgedRule({ rule, title, severity, controls, environments }: Evidence, waived: readonly WaivedFinding[]): JudgedRule {
  const ends = (environment: string): string[] => waived.filter(({ finding: { rule: id, where } }) => id === rule && `${where.system}/${where.environment}` === environment).map(({ waiver }) => waiver.expires);
  return {
    rule,
    title,
    severity,
    requirements: controls.filter(isRequirement),
    environments: Object.fromEntries(Object.entries(environments).map(([environment, state]) => [environment, state === 'waived' ? { state, waivedUntil: ends(environment).sort()[0] } : { state }])),
  };
}
