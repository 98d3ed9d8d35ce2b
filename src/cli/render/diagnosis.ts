import type { Diagnosis } from '../../rollout';
import { resultPaint, type Terminal } from '../terminal';
import { causeLines, placeOf, resourcePath } from './place';

/**
 * Failures as text, each with its cause, where its values came from, its source, and what helps.
 * @param all whether the failures that followed from the first one are listed, and not only counted
 */
export function renderDiagnoses(diagnoses: readonly Diagnosis[], all: boolean, terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  return diagnoses
    .map((diagnosis) => {
      const place = diagnosis.node ? placeOf(diagnosis.node) : `${diagnosis.stackId} in ${diagnosis.region}`;
      const ended = diagnosis.isOver ? `; a later operation on the stack ended well` : '';
      return [paint.red(`✖ ${place} failed: ${diagnosis.status}${ended}`), ...causeLines(diagnosis, paint.dim), ...consequenceLines(diagnosis, all, paint.dim)].join('\n');
    })
    .join('\n\n');
}

function consequenceLines({ consequences }: Diagnosis, all: boolean, paint: (text: string) => string): string[] {
  const count = consequences.length;
  if (count === 0) return [];
  if (!all) return [`  ${paint('Noise  ')} ${count} ${count === 1 ? 'failure that only follows' : 'failures that only follow'} from it hidden (--all shows ${count === 1 ? 'it' : 'them'})`];
  return consequences.map((event, index) => `  ${paint((index === 0 ? 'Noise' : '').padEnd(7))} ${resourcePath(event)} ${event.status}: ${event.reason}`);
}
