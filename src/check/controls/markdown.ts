import { cellOf, type Column } from './cell';
import { natural, type ControlMatrix, type ControlRow, type FrameworkMatrix } from './matrix';
import { appliedRules, cellText, editionText, introduction, othersText, scopeText } from './words';

/**
 * A matrix as a page of Markdown: a table for each framework, a row for each control, and what each rule asks for.
 * @param columns what to tell apart, for example systems
 * @param remarks sentences after the introduction
 */
export function renderControlsMarkdown(matrix: ControlMatrix, columns: readonly Column[], remarks: readonly string[] = []): string {
  return ['# Controls', '', introduction.join('\n'), '', ...(remarks.length === 0 ? [] : [remarks.join('\n'), '']), ...matrix.frameworks.flatMap((framework) => section(framework, columns, matrix.notJudged)), ...glossary(matrix)].join('\n').trimEnd().concat('\n');
}

function section(framework: FrameworkMatrix, columns: readonly Column[], notJudged: readonly string[]): string[] {
  const { short, source, controls, uncovered } = framework;
  const head = ['Control', 'Title', 'Rules', ...columns.map(({ name }) => name)];
  const row = (control: ControlRow): string[] => [control.id, control.title, rulesText(control), ...columns.map((column) => cellText(cellOf(control.rules, column, notJudged)))];
  return [
    `## ${short}`,
    '',
    `${editionText(framework)}, from its [publisher](${source}). ${scopeText}`,
    '',
    ...(controls.length === 0 ? [] : [line(head), line(head.map(() => '---')), ...controls.map((control) => line(row(control))), '']),
    ...(uncovered.length === 0 ? [] : [`Registered, but without a rule: ${uncovered.map(({ id }) => id).join(', ')}.`, '']),
  ];
}

/** Every rule that a table names, once. */
function glossary({ frameworks }: ControlMatrix): string[] {
  const rules = new Map(frameworks.flatMap(({ controls }) => controls.flatMap((control) => appliedRules(control).applied.map((rule) => [rule.rule, rule] as const))));
  if (rules.size === 0) return [];
  const rows = [...rules.values()].sort((left, right) => natural.compare(left.rule, right.rule)).map(({ rule, severity, title, requirements }) => [`\`${rule}\``, severity, title, requirements.join(', ')]);
  return ['## Rules', '', line(['Rule', 'Severity', 'Asks for', 'Requirements']), line(['---', '---', '---', '---']), ...rows.map(line)];
}

/** `table_recovers_to_a_point_in_time` HIGH, CT.DYNAMODB.PR.1 MEDIUM; 2 more rules did not apply */
function rulesText(control: ControlRow): string {
  const { applied, others } = appliedRules(control);
  const named = applied.map(({ rule, severity }) => `\`${rule}\` ${severity}`).join(', ');
  return [...(named === '' ? [] : [named]), ...(others === 0 ? [] : [othersText(others, named !== '')])].join('; ');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
