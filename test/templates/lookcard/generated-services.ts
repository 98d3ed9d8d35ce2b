export { generatedServices } from '../../../scripts/bench/generated-services';
import type { ServiceRow } from '../../../templates/systems/lookcard/service-row';

/** Rows that count how often somebody reads anything of one of them: the work that a build does for its catalogue. */
export function countedReads(rows: readonly ServiceRow[]): { readonly rows: readonly ServiceRow[]; readonly reads: () => number } {
  let count = 0;
  const counted = rows.map((row) => new Proxy(row, { get: (target, key) => ((count += 1), Reflect.get(target, key) as unknown) }));
  return { rows: counted, reads: () => count };
}
