import type { Check } from '../../toolchain/doctor';
import { resultPaint, type Terminal } from '../terminal';
import { table } from './table';

/** What a machine has and lacks, as text. */
export function renderDoctor(checks: readonly Check[], terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const rows = checks.map(({ name, ok, found, wanted }) => [ok ? paint.green('✔') : paint.red('✖'), name, found, ok ? '' : paint.dim(`wanted: ${wanted}`)]);
  const fixes = checks.flatMap(({ name, fix }) => (fix === undefined ? [] : [`  ${name}: ${fix}`]));
  const advice = fixes.length === 0 ? 'Everything is there.' : `${fixes.length} missing:\n${fixes.join('\n')}`;
  return `${table([{ head: '' }, { head: 'Needed' }, { head: 'Found' }, { head: '' }], rows)}\n\n${advice}\n`;
}
