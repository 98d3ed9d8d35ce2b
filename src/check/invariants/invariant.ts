import type { Severity } from '../finding';
import type { EnvironmentResources } from './environment-resources';
import type { PlacedResource } from './placed-resource';

/** One place where an invariant does not hold. */
export interface Violation {
  /** The resource to change; left out when the environment as a whole lacks something. */
  readonly resource?: PlacedResource;
  /** Where in the resource: `SubnetIds`, `Policies.0`. @default the resource itself */
  readonly property?: string;
  readonly what: string;
  /** How it is, as a template would say it. */
  readonly now: string;
  /** What to do here. @default the invariant's own */
  readonly fix?: string;
}

/** What an invariant came to in an environment: nothing to judge, or the places where it does not hold, none of which means that it holds. */
export type Judgement = 'did-not-apply' | readonly Violation[];

/**
 * A property of an environment as a whole, all its deployments and regions together: what no rule on one template, or on one region, can see.
 * Its findings are as those of a Guard rule: waived by its id, counted in reports, evidence for controls.
 */
export interface Invariant {
  /** What findings and waivers call it, said as the state that it wants: `failover_records_come_in_pairs`. */
  readonly id: string;
  /** The same in a sentence without its stop. */
  readonly title: string;
  readonly severity: Severity;
  /** Framework controls that it is evidence for, in the forms of `rules/controls`: `PCI DSS 4.0.1 10.2.1`. */
  readonly controls: readonly string[];
  /** Requirement ids that it keeps: `KSH-21`. */
  readonly requirements: readonly string[];
  readonly fix: string;
  /**
   * Whether it needs to see everything that there is, as the systems of this catalogue show it. In a folder of somebody's templates the
   * rest may stand in another one.
   * @default false: it is right for any template
   */
  readonly ofCatalogue?: boolean;
  /** Judges without input or output. A value that only deployment knows is never held against anybody. */
  readonly judge: (environment: EnvironmentResources) => Judgement;
}

/** Judges each of some resources; without any the invariant did not apply. */
export function judgeEach<T>(subjects: readonly T[], judge: (subject: T) => readonly Violation[]): Judgement {
  return subjects.length === 0 ? 'did-not-apply' : subjects.flatMap(judge);
}
