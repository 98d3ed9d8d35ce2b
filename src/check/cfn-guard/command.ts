import { MeridianError } from '../../errors';
import type { ToolOutput } from '../tool';

/** Exit codes with which cfn-guard answers: 0 no violation, 19 violations. */
export const guardAnswers = (code: number): boolean => code === 0 || code === 19;

/** The exit code with which cfn-guard goes on after it left out a rule file that doesn't parse. */
export const guardLeftOutRules = 5;

/** The arguments of one cfn-guard process. Both lists take files and folders. */
export function guardArguments({ data, rules }: { data: readonly string[]; rules: readonly string[] }): string[] {
  return ['validate', '--data', ...data, '--rules', ...rules, '--structured', '--show-summary', 'none', '--output-format', 'json'];
}

/** The error for rule files that cfn-guard could not parse, or undefined when its exit has another reason. */
export function brokenRuleError({ stderr }: ToolOutput): MeridianError | undefined {
  const broken = /Parsing error handling rule file = (.+?), Error = (.*)/s.exec(stderr);
  if (!broken) return undefined;
  const place = /at line (\d+) at column (\d+)/.exec(broken[2] ?? '');
  const where = place ? ` at line ${place[1]}, column ${place[2]}` : '';
  return new MeridianError(`Rule file ${broken[1]}: it does not parse${where}, and cfn-guard would leave it out. Correct it and run the check again.`, 2);
}
