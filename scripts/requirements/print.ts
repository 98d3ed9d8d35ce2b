import type { MatrixRow } from './matrix';
import type { ProvenRow } from './proven';

/** Prints id → tests → result of a system's requirements, and which ids no test names. */
export function printMatrix(system: string, rows: readonly MatrixRow[]): void {
  const sign = { passed: '✔', failed: '✖', unnamed: '·' } as const;
  console.log(`\n${system}`);
  for (const row of rows) console.log(line(sign[row.state], row, row.tests.length ? counted(row.tests.length, 'test') : row.proof));
  for (const proof of ['template', 'page'] as const) {
    const own = rows.filter((row) => row.proof === proof);
    const count = (state: MatrixRow['state']): number => own.filter((row) => row.state === state).length;
    console.log(`  provable by ${proof}: ${count('passed')} of ${own.length} named by passing tests, ${count('failed')} failing, ${count('unnamed')} named by none`);
  }
  const missing = rows.filter(({ state }) => state === 'unnamed').map(({ id }) => id);
  if (missing.length) console.log(`  named by no test: ${missing.join(' ')}`);
}

/** Prints what was altered for each of a system's requirements, and what no test noticed. */
export function printProofs(system: string, rows: readonly ProvenRow[]): void {
  console.log(`\n${system}`);
  for (const row of rows) {
    console.log(line(row.lacks ? '✖' : '✔', row, row.lacks ?? (row.paths.length ? `${counted(row.paths.length, 'path')} altered, each noticed` : 'its tests read no template')));
    for (const { path, test } of row.survivors) console.log(`      ${path}\n        altered, and still passes: ${test}`);
  }
  const unproven = rows.filter(({ lacks }) => lacks).map(({ id }) => id);
  console.log(`  proven: ${rows.length - unproven.length} of ${rows.length}, by altering ${counted(new Set(rows.flatMap(({ paths }) => paths)).size, 'path')}`);
  if (unproven.length) console.log(`  not proven: ${unproven.join(' ')}`);
}

const line = (sign: string, { id, fact }: MatrixRow, rest: string): string => `  ${sign} ${id.padEnd(8)}${fact.slice(0, 70).padEnd(72)}${rest}`;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
