import type { Equivalent } from './equivalents';
import type { Killer } from './killer';
import type { Mutant } from './mutant';
import type { WaitingOperator } from './waiting';

/** A mutant and what noticed it. */
export interface JudgedMutant {
  readonly mutant: Mutant;
  /** Nothing for a survivor. */
  readonly killers: readonly Killer[];
  /** The entry that says why the mutant is no mistake; such a mutant counts neither as killed nor as survivor. */
  readonly equivalent?: Equivalent;
}

/** What a mutation test came to. */
export interface MutationResult {
  readonly judged: readonly JudgedMutant[];
  /** Mutants of a kind of which enough were tried. */
  readonly leftOut: number;
  readonly operators: number;
  readonly waiting: readonly WaitingOperator[];
  /** Entries of the list of equivalents, with how many mutants each covers. */
  readonly equivalents: readonly { readonly equivalent: Equivalent; readonly mutants: number }[];
  readonly environments: readonly string[];
  readonly seconds: number;
}
