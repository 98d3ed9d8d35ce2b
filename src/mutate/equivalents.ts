/** A mutant that changes nothing for anybody, for a reason that is written down. */
export interface Equivalent {
  /** The operator's id. */
  readonly operator: string;
  /** The resources, as a waiver names them: `kasha/production/platform/data#Replica`, with `*` for any text inside a segment. */
  readonly resource: string;
  /** Why the altered system is as good as the original. */
  readonly reason: string;
}

/** The mutants that count neither as killed nor as survivors. Every entry is printed by each run. */
export const equivalents: readonly Equivalent[] = [];
