import { relative, resolve, sep } from 'node:path';

const checkout = resolve(__dirname, '..', '..');

/** Where a resource was authored: repository path and line, and the system's line that asked for it when a module did. */
export interface Source {
  readonly at: string;
  readonly from?: string;
}

const frame = /\(?((?:\/|[A-Za-z]:\\)[^()]+):(\d+):\d+\)?$/;

/**
 * The place outside the authoring core that called it, read from the stack.
 * @returns undefined when no frame lies inside the checkout (a test of the core itself, for example)
 */
export function callerSource(): Source | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  const frames = stack
    .split('\n')
    .map((line) => frame.exec(line))
    .filter((match) => match !== null)
    .map(([, file = '', line = '']) => ({ file: relative(checkout, file).split(sep).join('/'), line }))
    .filter(({ file }) => !file.startsWith('..') && !file.startsWith('node_modules') && !file.startsWith('src/cfn/'));
  const inner = frames[0];
  if (!inner) return undefined;
  const system = frames.find(({ file }) => /^templates\/(systems|account)\//.test(file));
  const at = `${inner.file}:${inner.line}`;
  return system && system !== inner ? { at, from: `${system.file}:${system.line}` } : { at };
}
