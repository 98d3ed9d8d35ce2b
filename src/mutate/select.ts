import { mutantAddress, type Mutant } from './mutant';

/** Mutants that are tried, and how many like them are not. */
export interface Selection {
  readonly chosen: readonly Mutant[];
  readonly leftOut: number;
}

/**
 * Chooses mutants: where one operator has many places of a kind, the first few of them. Places are of a kind when they are at the same
 * property of resources that the same line of a module wrote, in whichever system. Deterministic: the order of the templates decides.
 * @param perKind how many of a kind; undefined takes all
 */
export function select(mutants: readonly Mutant[], perKind: number | undefined): Selection {
  if (perKind === undefined) return { chosen: mutants, leftOut: 0 };
  const taken = new Map<string, number>();
  const chosen = mutants.filter((mutant) => {
    const kind = kindOf(mutant);
    const count = taken.get(kind) ?? 0;
    taken.set(kind, count + 1);
    return count < perKind;
  });
  return { chosen, leftOut: mutants.length - chosen.length };
}

function kindOf(mutant: Mutant): string {
  const { operator, template, logicalId, type, place } = mutant;
  const written = template.sources[logicalId]?.at ?? mutantAddress(mutant);
  return [operator.id, type, place.replaceAll(/\[\d+\]/g, '[]'), written].join(' ');
}
