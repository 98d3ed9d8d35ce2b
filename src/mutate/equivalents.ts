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
export const equivalents: readonly Equivalent[] = [
  ...['financial-portal', 'customer-portal'].flatMap((system) =>
    ['Cluster', 'GlobalDatabase'].map((id) => ({ operator: 'rds-deletion-protection-unset', resource: `${system}/production/platform/data#${id}`, reason: 'Deletion protection is off, as the owner asks (FIN-60, CUS-66); left out it is off too' })),
  ),
  { operator: 'dynamodb-deletion-protection-unset', resource: 'customer-portal/production/platform/data#Session*', reason: 'Deletion protection is off, as the owner asks (CUS-66); left out it is off too' },
];
