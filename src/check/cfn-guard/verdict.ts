import type { GuardViolation } from './violation';

/** How one rule judged one input. A rule that found nothing to judge did not apply: that is not the same as passed. */
export type Verdict =
  | { readonly state: 'passed' | 'did-not-apply' }
  | { readonly state: 'failed'; readonly violations: readonly GuardViolation[] };

/** The verdict of every rule on one input, by the rule's name. */
export type Verdicts = ReadonlyMap<string, Verdict>;

/** The verdict of a rule none of whose resource types the input has. */
export const didNotApply: Verdict = { state: 'did-not-apply' };
