import { cellOf, type Cell, type Column, type ControlMatrix, type ControlState, type FrameworkMatrix } from '../../check/controls';
import { resultPaint, type Terminal } from '../terminal';
import { table } from './table';

type Paint = ReturnType<typeof resultPaint>;

/** Characters that a title keeps on the narrowest terminal. */
const shortestTitle = 24;

const gap = 2;

/** A matrix as a person reads it: a table for each framework, a row for each control that rules speak of, and a line of counts. */
export function renderControls({ frameworks, notJudged }: ControlMatrix, columns: readonly Column[], terminal: Pick<Terminal, 'colors' | 'width'>): string {
  const paint = resultPaint(terminal);
  const blocks = frameworks.map((framework) => block(framework, columns, { notJudged, paint, width: terminal.width }));
  const legend = '✔ passed · ▲ waived, until the first waiver ends · ✖ failed · – did not apply, which is not passed · figures count rules';
  return [...blocks, paint.dim(legend), ...(notJudged.length === 0 ? [] : [paint.red(`? not judged: ${notJudged.join(', ')} did not resolve; "meridian check" says why`)]), ''].join('\n');
}

function block(framework: FrameworkMatrix, columns: readonly Column[], { notJudged, paint, width }: { notJudged: readonly string[]; paint: Paint; width: number }): string {
  const { short, framework: title, controls } = framework;
  const rows = controls.map((control) => ({ control, cells: columns.map((column) => cellOf(control.rules, column, notJudged)) }));
  const head = `${paint.bold(short)}  ${title}`;
  const counts = countsText(framework, rows.map(({ control }) => cellOf(control.rules, { environments: columns.flatMap(({ environments }) => environments) }, notJudged).state));
  if (rows.length === 0) return `${head}\n${counts}\n`;
  const plain = rows.map(({ control, cells }) => [control.id, ...cells.map(plainCell)]);
  const heads = ['', ...columns.map(({ name }) => name)];
  const taken = heads.map((name, index) => Math.max(name.length, ...plain.map((cells) => cells[index]?.length ?? 0)) + gap).reduce((sum, each) => sum + each, 0);
  const room = Math.max(shortestTitle, width - taken);
  const body = table(
    [{ head: '' }, { head: '' }, ...columns.map(({ name }) => ({ head: paint.dim(name) }))],
    rows.map(({ control, cells }) => [control.id, clipped(control.title, room), ...cells.map((cell) => painted(cell, paint))]),
  );
  return `${head}\n${body}\n${counts}\n`;
}

function clipped(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room - 1).trimEnd()}…` : text;
}

/** `✖ 1 ▲ 2 2027-06-30 ✔ 5`, `–` */
function plainCell({ state, rules, waivedUntil }: Cell): string {
  if (state === 'not-judged') return '?';
  if (state === 'did-not-apply') return '–';
  return [
    ...(rules.failed > 0 ? [`✖ ${rules.failed}`] : []),
    ...(rules.waived > 0 ? [`▲ ${rules.waived} ${waivedUntil ?? ''}`.trimEnd()] : []),
    ...(rules.passed > 0 ? [`✔ ${rules.passed}`] : []),
  ].join(' ');
}

function painted(cell: Cell, paint: Paint): string {
  const color: Readonly<Record<ControlState, (text: string) => string>> = { failed: paint.red, 'not-judged': paint.red, waived: paint.yellow, passed: paint.green, 'did-not-apply': paint.dim };
  return color[cell.state](plainCell(cell));
}

/** `52 of 89 controls have rules: 40 passed, 10 waived, 1 failed, 1 did not apply; 37 have none (--json lists them)` */
function countsText({ controls, uncovered }: FrameworkMatrix, states: readonly ControlState[]): string {
  const words: readonly (readonly [ControlState, string])[] = [['passed', 'passed'], ['waived', 'waived in part'], ['failed', 'failed'], ['did-not-apply', 'did not apply'], ['not-judged', 'not judged']];
  const counts = words.flatMap(([state, word]) => {
    const count = states.filter((each) => each === state).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const covered = `${controls.length} of ${controls.length + uncovered.length} controls have rules${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
  return uncovered.length === 0 ? covered : `${covered}; ${uncovered.length} have none (--json lists them)`;
}
