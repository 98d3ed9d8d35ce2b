/** Exit codes with which cfn-lint answers: none, or the sum of 2 (errors), 4 (warnings) and 8 (informational). 1 and 32 are failures. */
export const lintAnswers = (code: number): boolean => (code & ~(2 | 4 | 8)) === 0;

/** What one cfn-lint process checks. */
export interface LintCommand {
  /** Path of `.cfnlintrc.yaml`. It must exist: cfn-lint ignores a path that doesn't. */
  readonly config: string;
  /** The regions whose schemas and values every template must fit. */
  readonly regions: readonly string[];
  readonly files: readonly string[];
}

/** The arguments of one cfn-lint process. */
export function lintArguments({ config, regions, files }: LintCommand): string[] {
  return ['--config-file', config, '--format', 'json', '--regions', ...regions, '--template', ...files];
}
