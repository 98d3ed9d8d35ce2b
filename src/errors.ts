/**
 * What a command tells the shell when it ends.
 *
 * | Code | Meaning |
 * |---|---|
 * | 0 | done |
 * | 1 | there are findings, or the command refused to act |
 * | 2 | wrong usage, wrong input, or the machine lacks something |
 * | 3 | a tool or the rollout failed |
 * | 4 | stopped half-way and can be resumed |
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/**
 * An error meant for the person at the terminal: its message is printed as it is, without a stack trace, and the
 * process ends with its exit code. Anything else that reaches the command line is a defect and prints its stack.
 *
 * The message reads `{what}: {why}. {what to do}.`, with the offending value and the allowed range, for example
 * `System "kashaa": no such system. Did you mean "kasha"?`
 */
export class MeridianError extends Error {
  /**
   * @param message what went wrong, why, and what to do about it
   * @param exitCode the code the process ends with
   * @param options `cause` keeps the error underneath for `--debug` output
   */
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'MeridianError';
  }
}
