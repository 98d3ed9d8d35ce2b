import { MeridianError } from '../../errors';
import type { ToolOutput } from '../tool';
import type { GuardRule } from './rule';

/** Exit codes with which cfn-guard answers: 0 no violation, 19 violations. */
export const guardAnswers = (code: number): boolean => code === 0 || code === 19;

/** Exit codes that a broken rule can have: 5 when cfn-guard left out a file that doesn't parse, 255 when it stopped at one. */
export const brokenRuleCodes: readonly number[] = [5, 255];

/** The arguments of one cfn-guard process. Both lists take files and folders. */
export function guardArguments({ data, rules }: { data: readonly string[]; rules: readonly string[] }): string[] {
  return ['validate', '--data', ...data, '--rules', ...rules, '--structured', '--show-summary', 'none', '--output-format', 'json'];
}

/** The error for rule files that cfn-guard could not parse or follow, or undefined when its exit has another reason. */
export function brokenRuleError({ stderr }: ToolOutput, rules: readonly Pick<GuardRule, 'file' | 'text'>[]): MeridianError | undefined {
  const [, variable] = /Could not resolve variable by name (\w+)/.exec(stderr) ?? [];
  if (variable !== undefined) {
    const users = rules.filter(({ text }) => text.includes(`%${variable}`));
    const strangers = users.filter(({ text }) => !new RegExp(`^\\s*let\\s+${variable}\\b`, 'm').test(text));
    const files = (strangers.length > 0 ? strangers : users).map(({ file }) => file).join(', ');
    return new MeridianError(`Rule file ${files}: it uses %${variable}, which is not declared there. Write "let ${variable} = …" above, and run the check again.`, 2);
  }
  const broken = /Parsing error handling rule file = (.+?), Error = (.*)/s.exec(stderr);
  if (!broken) return undefined;
  const place = /at line (\d+) at column (\d+)/.exec(broken[2] ?? '');
  const where = place ? ` at line ${place[1]}, column ${place[2]}` : '';
  return new MeridianError(`Rule file ${broken[1]}: it does not parse${where}, and cfn-guard would leave it out. Correct it and run the check again.`, 2);
}
