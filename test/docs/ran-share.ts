import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../src/toolchain';

/** What V8 writes about the functions of one program. */
interface V8Coverage {
  readonly result: readonly { readonly url: string; readonly functions: readonly { readonly functionName: string; readonly ranges: readonly { readonly startOffset: number; readonly count: number }[] }[] }[];
}

/**
 * The share of the functions in some files that run in a program of its own, as V8 counts them. The files' own top levels do not count, nor the
 * getters by which the compiler exports.
 * @param program JavaScript that may require TypeScript, from the checkout
 * @param within matches the URLs of the files
 * @see https://nodejs.org/api/cli.html#node_v8_coveragedir
 */
export function ranShare(program: string, within: RegExp): { readonly share: number; readonly files: number } {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-coverage-'));
  try {
    execFileSync(process.execPath, ['-r', 'ts-node/register', '-e', program], { cwd: checkout, env: { ...process.env, NODE_V8_COVERAGE: folder }, stdio: 'pipe' });
    const scripts = readdirSync(folder)
      .flatMap((file) => (JSON.parse(readFileSync(join(folder, file), 'utf8')) as V8Coverage).result)
      .filter(({ url }) => within.test(url));
    const functions = scripts.flatMap((script) => script.functions).filter(({ functionName, ranges }) => ranges[0]!.startOffset > 0 && !functionName.startsWith('get '));
    return { share: functions.filter(({ ranges }) => ranges[0]!.count > 0).length / functions.length, files: scripts.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
