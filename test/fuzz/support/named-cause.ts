import { expect } from 'chai';
import { failureOf } from '../../../src/cli/failure';
import { MeridianError, type ExitCode } from '../../../src/errors';

/** Proves that an error is meant for a person: it says what is wrong, why, and what to do, without a stack trace. */
export function expectNamedCause(error: unknown, exitCodes: readonly ExitCode[] = [2]): MeridianError {
  if (!(error instanceof MeridianError)) throw new Error('the error is a defect, not an answer', { cause: error });
  const { text, exitCode } = failureOf(error);
  expect(exitCode, text).to.be.oneOf([...exitCodes]);
  // A tool that failed has the last word: its last lines follow.
  expect(text).to.match(exitCode === 3 ? /^[^\s:]+ \S+ failed: .+\n/ : /^[^\s:][^]*[:.] [^]*[.?]$/).and.not.match(/\n\s+at .*:\d+:\d+/).and.not.contain('[object Object]');
  expect(text, 'control characters').not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(text.length, 'characters').to.be.lessThan(20_000);
  return error;
}

/** What an action on bad input gave: a result, or an error that names its cause. */
export type Answer<T> = { readonly accepted: T } | { readonly refused: MeridianError };

/** Does something with bad input, and proves that it is either accepted or refused with a named cause. */
export function answerOf<T>(action: () => T, exitCodes?: readonly ExitCode[]): Answer<T> {
  try {
    return { accepted: action() };
  } catch (error) {
    return { refused: expectNamedCause(error, exitCodes) };
  }
}

/** The same of something that takes time. */
export async function laterAnswerOf<T>(action: () => Promise<T>, exitCodes?: readonly ExitCode[]): Promise<Answer<T>> {
  try {
    return { accepted: await action() };
  } catch (error) {
    return { refused: expectNamedCause(error, exitCodes) };
  }
}
