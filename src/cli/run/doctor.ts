import type { ExitCode } from '../../errors';
import { doctor } from '../../toolchain/doctor';
import type { Context } from '../context';
import { renderDoctor } from '../render/doctor';
import { printJson } from '../terminal';

/** Prints what is there and what is missing; exit code 2 when anything is. */
export async function runDoctor({ terminal }: Context, { json }: { readonly json?: boolean }): Promise<ExitCode> {
  terminal.hint('  asking the tools for their versions …');
  const checks = await doctor();
  const exitCode = checks.every(({ ok }) => ok) ? 0 : 2;
  if (json) printJson(terminal, { exitCode, checks });
  else terminal.print(renderDoctor(checks, terminal));
  return exitCode;
}
