import { createInterface } from 'node:readline/promises';
import { MeridianError } from '../../errors';
import type { Context } from '../context';

/** What to ask before something is changed. */
export interface Question {
  /** What will not happen without the answer, for example `Destruction of kasha develop`. */
  readonly what: string;
  /** The text that has to be typed. */
  readonly expected: string;
}

/**
 * Asks a person to type a text.
 * @throws MeridianError (exit 1) when there is nobody to ask, or another text was typed: nothing was changed then
 */
export async function askToType({ terminal, interruption }: Context, { what, expected }: Question): Promise<void> {
  if (!terminal.canAsk) throw new MeridianError(`${what} refused: nobody can be asked, because input and progress are no terminal. Give --yes if you mean it.`, 1);
  const typed = await interruption.gracefully('', (signal) => answer(`Type "${expected}" to go on: `, signal));
  if (typed?.trim() !== expected) throw new MeridianError(`${what} refused: "${expected}" was not typed. Nothing was changed.`, 1);
}

async function answer(prompt: string, signal: AbortSignal): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const given = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  signal.addEventListener('abort', () => lines.close(), { once: true });
  try {
    return await Promise.race([lines.question(prompt), given]);
  } finally {
    lines.close();
  }
}
