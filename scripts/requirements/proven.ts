import type { Proof } from '../../test/requirements/requirement';
import type { MatrixRow } from './matrix';

/** A template path that can be altered without a test noticing. */
export interface Survivor {
  readonly path: string;
  /** Full title of the test that read it and still passed. */
  readonly test: string;
}

/** A requirement and what altering the templates has shown of its tests. */
export interface ProvenRow extends MatrixRow {
  /** Template paths that its tests read, each once. */
  readonly paths: readonly string[];
  readonly survivors: readonly Survivor[];
  /** Why it is not proven. Undefined for a proven requirement. */
  readonly lacks?: string;
}

/** Holds the matrix against the proofs of its tests: a requirement is proven when altering anything that its tests read makes them fail. */
export function proven(rows: readonly MatrixRow[], proofs: readonly Proof[]): ProvenRow[] {
  return rows.map((row) => {
    const titles = new Set(row.tests.map(({ title }) => title));
    const own = proofs.filter(({ title }) => titles.has(title));
    const paths = [...new Set(own.flatMap(({ reads }) => [...reads]))].sort();
    const survivors = own.flatMap(({ title, survivors: left }) => left.map((path) => ({ path, test: title })));
    return { ...row, paths, survivors, lacks: lack(row, paths, survivors) };
  });
}

function lack({ state, proof }: MatrixRow, paths: readonly string[], survivors: readonly Survivor[]): string | undefined {
  if (state === 'unnamed') return 'no test names it';
  if (state === 'failed') return 'a test of it fails';
  if (proof === 'template' && !paths.length) return 'no test of it reads a template through requirement()';
  return survivors.length ? `${survivors.length} of ${paths.length} paths can be altered and a test still passes` : undefined;
}
