import type { Cell } from './cell';
import type { Standing } from './evidence';
import type { ControlRow, FrameworkMatrix } from './matrix';

/** What a reader has to know before the first table: what the states mean, and what none of them claims. */
export const introduction: readonly string[] = [
  '**Passed** means that everything that would be deployed is as the rule wants it; it says nothing of what exists in an account, or of how people work.',
  '**Waived** means that a rule is knowingly not followed, by a waiver with its reason, owner and last day, and holds until that day only.',
  '**Failed** means that the rule is not followed and no waiver covers it.',
  '**Did not apply** means that a system has nothing that the rule is about, which is not the same as passed.',
  'The figures count rules, and no table claims that a control is met: a rule is evidence for a part of a control, never the whole.',
];

/** What a framework's table leaves out. */
export const scopeText = 'It has more controls than these: registered are those that templates can be evidence for.';

/** A cell in words: `failed 1, waived 2 until 2027-06-30, passed 3`, `did not apply`. */
export function cellText({ state, rules, waivedUntil }: Cell): string {
  if (state === 'not-judged') return 'not judged';
  if (state === 'did-not-apply') return 'did not apply';
  return [
    ...(rules.failed > 0 ? [`failed ${rules.failed}`] : []),
    ...(rules.waived > 0 ? [`waived ${rules.waived}${untilText(waivedUntil)}`] : []),
    ...(rules.passed > 0 ? [`passed ${rules.passed}`] : []),
  ].join(', ');
}

/** How a rule stands in one environment, in words: `waived until 2027-06-30`. */
export function standingText(standing: Standing | undefined): string {
  if (standing === undefined) return 'did not apply';
  return `${standing.state}${untilText(standing.waivedUntil)}`;
}

function untilText(waivedUntil: string | undefined): string {
  return waivedUntil === undefined ? '' : ` until ${waivedUntil}`;
}

/** `Payment Card Industry Data Security Standard, 4.0.1 (2024-06)` */
export function editionText({ framework, version, published }: Pick<FrameworkMatrix, 'framework' | 'version' | 'published'>): string {
  return `${framework}, ${version} (${published})`;
}

/** A control's rules that something was judged by, and how many others had nothing to judge. */
export function appliedRules({ rules }: Pick<ControlRow, 'rules'>): { applied: ControlRow['rules']; others: number } {
  const applied = rules.filter(({ environments }) => Object.keys(environments).length > 0);
  return { applied, others: rules.length - applied.length };
}

/** `3 more rules did not apply` */
export function othersText(others: number, more: boolean): string {
  return `${others}${more ? ' more' : ''} ${others === 1 ? 'rule' : 'rules'} did not apply`;
}
