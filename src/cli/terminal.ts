import pc from 'picocolors';

/** Characters in a line where the output does not say. */
const usualWidth = 100;

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Terminal {
  /** Whether results take colour codes: standard output is a terminal and NO_COLOR is unset. */
  readonly colors: boolean;
  /** The same of standard error. */
  readonly progressColors: boolean;
  /** Characters in a line of standard output. */
  readonly width: number;
  /** Whether lines already written to standard error can be overwritten. */
  readonly live: boolean;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  /** Writes a part of the result. */
  print(text: string): void;
  /** Writes a line of progress. */
  tell(line: string): void;
  /** Shows what is under way until the next line of progress; nothing where lines can't be overwritten. */
  hint(line: string): void;
}

const clearLine = '\r\u001b[2K';

/** The terminal of this process. */
export function processTerminal({ stdin, stdout, stderr, env }: NodeJS.Process = process): Terminal {
  let hinted = false;
  const live = stderr.isTTY === true && stderr.columns > 0 && env['TERM'] !== 'dumb';
  const plain = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  return {
    colors: stdout.isTTY === true && !plain,
    progressColors: stderr.isTTY === true && !plain,
    width: stdout.columns || usualWidth,
    live,
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    print: (text) => {
      if (hinted) stderr.write(clearLine);
      hinted = false;
      stdout.write(text);
    },
    tell: (line) => {
      stderr.write(`${hinted ? clearLine : ''}${line}\n`);
      hinted = false;
    },
    hint: (line) => {
      if (!live) return;
      stderr.write(`${hinted ? clearLine : ''}${line.slice(0, stderr.columns - 1)}`);
      hinted = true;
    },
  };
}

/** Paints text of results. */
export const resultPaint = ({ colors }: Pick<Terminal, 'colors'>) => pc.createColors(colors);

/** Paints text of progress. */
export const progressPaint = ({ progressColors }: Pick<Terminal, 'progressColors'>) => pc.createColors(progressColors);

/** Prints a result as the one JSON document that `--json` promises. */
export function printJson(terminal: Terminal, document: object): void {
  terminal.print(`${JSON.stringify({ version: 1, ...document }, undefined, 2)}\n`);
}
