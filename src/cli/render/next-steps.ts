import { resultPaint, type Terminal } from '../terminal';
import { duration } from './duration';

/** What `start` did, as far as the next steps depend on it. */
export interface Started {
  readonly systems: readonly { readonly name: string; readonly environment: string }[];
  readonly seconds: number;
  /** What becomes of the local AWS: it ran before, it was started to go on, or it ends. */
  readonly lifetime: 'found' | 'kept' | 'own';
}

/** The last lines of `start`: what was seen, and the commands to type next. */
export function nextSteps({ systems, seconds, lifetime }: Started, terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const [first] = systems;
  const example = first ? `${first.name} ${first.environment}` : '<system> <environment>';
  const goesOn: readonly (readonly [string, string])[] =
    lifetime === 'own'
      ? [['npm start -- --keep', 'the same, and the local AWS goes on to look around in']]
      : [
          ['npx meridian status', 'what stands where'],
          ['npx meridian local stop', 'ends the local AWS'],
        ];
  const steps: readonly (readonly [string, string])[] = [
    ...goesOn,
    [`npx meridian check ${example}`, 'rules, and what waivers excuse'],
    [`npx meridian rollout ${example} --help`, 'for real: --target aws'],
  ];
  const width = Math.max(...steps.map(([line]) => line.length));
  const ending = { own: 'The local AWS has ended with it.', kept: 'The local AWS goes on.', found: 'The local AWS ran before and goes on.' }[lifetime];
  return [
    `\n${paint.green('✔')} Built, checked and rolled in ${duration(seconds)}: a rehearsal, no account was touched. ${ending}`,
    'Emulated: a service of the local AWS behaves behind the resource. Recorded: its properties were validated, nothing more.',
    `\n${paint.bold('Next')}`,
    ...steps.map(([line, purpose]) => `  ${line.padEnd(width)}   ${paint.dim(purpose)}`),
    '',
  ].join('\n');
}
