import { cellOf, type Column } from './cell';
import type { ControlMatrix, ControlRow, FrameworkMatrix } from './matrix';
import { appliedRules, cellText, editionText, introduction, othersText, scopeText, standingText } from './words';

const style = `
:root { color-scheme: light dark; }
body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }
th, td { border: 1px solid #8886; padding: .3rem .5rem; text-align: left; vertical-align: top; }
tbody { border-top: 2px solid #8886; break-inside: avoid; }
tbody th { font-weight: 600; }
td.rule { padding-left: 1.5rem; }
.failed, .not-judged { background: #c621; font-weight: 600; }
.waived { background: #c901; }
.passed { background: #2a41; }
.did-not-apply, .note { color: #777; }
`;

/**
 * A matrix as one HTML file for an auditor: no scripts, nothing loaded, prints as it looks. Each control is followed by its rules.
 * @param columns what to tell apart, for example environments
 */
export function renderControlsHtml(matrix: ControlMatrix, columns: readonly Column[]): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    `<head><meta charset="utf-8" /><meta name="viewport" content="width=device-width" /><title>Controls</title><style>${style}</style></head>`,
    '<body>',
    '<h1>Controls</h1>',
    ...introduction.map((sentence) => `<p>${emphasised(sentence)}</p>`),
    `<nav>${matrix.frameworks.map(({ slug, short }) => `<a href="#${escaped(slug)}">${escaped(short)}</a>`).join(' · ')}</nav>`,
    ...matrix.frameworks.flatMap((framework) => section(framework, columns, matrix.notJudged)),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function section(framework: FrameworkMatrix, columns: readonly Column[], notJudged: readonly string[]): string[] {
  const { slug, short, source, controls, uncovered } = framework;
  const heads = ['Control and rules', 'Severity', 'Requirements', ...columns.map(({ name }) => name)];
  return [
    `<h2 id="${escaped(slug)}">${escaped(short)}</h2>`,
    `<p>${escaped(editionText(framework))}, from its <a href="${escaped(source)}">publisher</a>. ${scopeText}</p>`,
    ...(controls.length === 0 ? [] : ['<table>', `<thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join('')}</tr></thead>`, ...controls.flatMap((control) => body(control, columns, notJudged)), '</table>']),
    ...(uncovered.length === 0 ? [] : [`<p>Registered, but without a rule: ${uncovered.map(({ id, title }) => `${escaped(id)} (${escaped(title)})`).join('; ')}.</p>`]),
  ];
}

function body(control: ControlRow, columns: readonly Column[], notJudged: readonly string[]): string[] {
  const { applied, others } = appliedRules(control);
  const cells = columns.map((column) => cellOf(control.rules, column, notJudged));
  return [
    '<tbody>',
    `<tr><th scope="row" colspan="3">${escaped(`${control.id}  ${control.title}`)}</th>${cells.map((cell) => `<td class="${cell.state}">${escaped(cellText(cell))}</td>`).join('')}</tr>`,
    ...applied.map((rule) => {
      const states = columns.map((column) => {
        const cell = cellOf([rule], column, notJudged);
        const text = cell.state === 'not-judged' ? 'not judged' : standingText(cell.state === 'did-not-apply' ? undefined : { state: cell.state, waivedUntil: cell.state === 'waived' ? cell.waivedUntil : undefined });
        return `<td class="${cell.state}">${escaped(text)}</td>`;
      });
      return `<tr><td class="rule"><code>${escaped(rule.rule)}</code><br />${escaped(rule.title)}</td><td>${rule.severity}</td><td>${escaped(rule.requirements.join(', '))}</td>${states.join('')}</tr>`;
    }),
    ...(others === 0 ? [] : [`<tr><td class="note" colspan="${3 + columns.length}">${othersText(others, applied.length > 0)}</td></tr>`]),
    '</tbody>',
  ];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Escaped text in which `**…**` is bold. */
function emphasised(text: string): string {
  return escaped(text).replaceAll(/\*\*(.+?)\*\*/g, '<strong>$1</strong>');
}
