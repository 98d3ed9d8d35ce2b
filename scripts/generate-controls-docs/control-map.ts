import { cellOf, systemColumns, type ControlMatrix, type ControlRow, type FrameworkMatrix, type JudgedRule } from '../../src/check/controls';
import { scopeText } from '../../src/check/controls/words';
import { table } from '../generate-system-docs/table';

/** What a control map says besides its tables. */
export interface ControlMapText {
  /** Sentences after the introduction. */
  readonly remarks: readonly string[];
}

/**
 * A framework as a map: for each control what proves a part of it, how that stands in each system, and which controls nothing proves.
 * @param matrix of which `framework` is one; its environments are the columns, by system
 */
export function controlMap(framework: FrameworkMatrix, matrix: ControlMatrix, { remarks }: ControlMapText): string {
  const { short, framework: title, version, published, source, controls, uncovered } = framework;
  const columns = systemColumns(matrix);
  const standing = (rules: readonly JudgedRule[]): string[] => columns.map((column) => stateText(cellOf(rules, column, matrix.notJudged).state));
  const proven = controls.filter((control) => standing(control.rules).some((state) => state === 'passed' || state === 'waived'));
  const idle = controls.filter((control) => !proven.includes(control));
  const rows = proven.flatMap((control) => applied(control).map((rule, index) => [...(index === 0 ? [control.id, control.title] : ['', '']), `\`${rule.rule}\``, rule.title, rule.severity, ...standing([rule])]));
  return [
    `# ${short}: what proves each control`,
    '',
    `${title}, ${version} (${published}), from its [publisher](${source}). ${scopeText}`,
    'A rule is evidence for a part of a control, never the whole, and says nothing of how people work: see [what the states mean](../controls.md).',
    '',
    remarks.join('\n'),
    '',
    `Of ${controls.length + uncovered.length} registered controls rules speak of ${proven.length} where something is deployed that they are about; of ${idle.length} they have nothing to judge yet; of ${uncovered.length} none does.`,
    '',
    '## What proves them',
    '',
    'A control stands on the line of its first rule. A dash: the system has nothing that the rule is about.',
    '',
    table(['Control', 'Title', 'Rule', 'Asks for', 'Severity', ...columns.map(({ name }) => name)], rows),
    '',
    ...listed('Nothing to judge yet', 'Rules exist, and no system has what they are about.', idle),
    ...listed('Without a rule', 'Templates could be evidence for a part of them, and no rule of ours is. They are shown by other means, or not at all.', uncovered),
  ].join('\n').trimEnd().concat('\n');
}

function applied({ rules }: ControlRow): readonly JudgedRule[] {
  return rules.filter(({ environments }) => Object.keys(environments).length > 0);
}

function stateText(state: string): string {
  return state === 'did-not-apply' ? '–' : state.replaceAll('-', ' ');
}

function listed(head: string, why: string, controls: readonly { readonly id: string; readonly title: string }[]): string[] {
  return controls.length === 0 ? [] : [`## ${head}`, '', why, '', table(['Control', 'Title'], controls.map(({ id, title }) => [id, title])), ''];
}
