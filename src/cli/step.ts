import { duration } from './render/duration';
import { progressPaint, type Terminal } from './terminal';

/** Characters that names of steps are padded to. */
const nameWidth = 11;

/**
 * Does one step of a command and says how it went: `✔ Build      22 templates  1.2 s`.
 * @param summary what to say of the result
 */
export async function step<T>(terminal: Terminal, name: string, work: () => Promise<T>, summary: (result: T) => string): Promise<T> {
  const started = performance.now();
  terminal.hint(`  ${name} …`);
  const result = await work();
  stepDone(terminal, name, summary(result), (performance.now() - started) / 1_000);
  return result;
}

/** Says that a step is through. */
export function stepDone(terminal: Terminal, name: string, summary: string, seconds: number): void {
  const paint = progressPaint(terminal);
  terminal.tell(`${paint.green('✔')} ${name.padEnd(nameWidth)}${summary}${paint.dim(`  ${duration(seconds)}`)}`);
}
