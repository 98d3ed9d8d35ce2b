import { exitCodeOf } from '../finding';
import type { CheckResult } from '../result';

/** A result as `check --json` prints it: everything, with the exit code, as indented JSON. */
export function renderJson(result: CheckResult): string {
  return `${JSON.stringify({ version: 1, exitCode: exitCodeOf(result.findings), ...result }, undefined, 2)}\n`;
}
