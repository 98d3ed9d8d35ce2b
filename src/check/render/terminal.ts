import pc from 'picocolors';
import { addressOf, severities, type Finding, type Severity } from '../finding';
import { waiversFile } from '../load-waivers';
import type { RuleState } from '../outcome';
import type { CheckResult } from '../result';
import { daysBetween, warningDays } from '../waiver-summary';

/** How to print a result. */
export interface TerminalOptions {
  /** Whether the output takes colour codes: not when it is piped. */
  readonly colors: boolean;
  /** Characters in a line. */
  readonly width: number;
}

/** A result as a person reads it: a block for each finding, worst first, what could not be judged, and one line of counts. */
export function renderTerminal(result: CheckResult, { colors, width }: TerminalOptions): string {
  const paint = pc.createColors(colors);
  const severityPaint: Readonly<Record<Severity, (text: string) => string>> = {
    CRITICAL: (text) => paint.bold(paint.red(text)),
    HIGH: paint.red,
    MEDIUM: paint.yellow,
    LOW: paint.dim,
  };
  const block = (finding: Finding): string => {
    const { severity, what, now, fix } = finding;
    const title = `✖ ${titleOf(finding)}  ${what}`;
    const gap = ' '.repeat(Math.max(2, width - title.length - severity.length));
    const line = (label: string, text: string): string => `    ${paint.dim(label.padEnd(6))}${text}`;
    return [
      `${severityPaint[severity](`✖ ${titleOf(finding)}`)}  ${what}${gap}${severityPaint[severity](severity)}`,
      `    ${placeOf(finding, result)}`,
      line('now', now),
      line('fix', fix),
      ...(result.folder === undefined && waivable(finding) ? [line('waive', waiverLine(finding))] : []),
      '',
    ].join('\n');
  };
  const summary = summaryLine(result);
  const notes = result.notes.map((note) => paint.yellow(`! ${note}`));
  const ending = result.waivers.ending.map(({ rule, resource, owner, expires, days }) => paint.yellow(`! waiver of ${rule} on ${resource} ends ${inDays(days)}, after ${expires}: ${owner} answers for it`));
  return [...result.findings.map(block), ...ending, ...notes, result.findings.length > 0 ? paint.red(summary) : paint.green(summary), ''].join('\n');
}

/** The controls a reader knows first, and the rule's id: `PCI DSS 4.0.1 3.5.1 · CT.RDS.PR.16`. */
function titleOf({ controls, rule }: Finding): string {
  const shown = controls.filter((control) => !control.startsWith('NIST')).slice(0, 2);
  return [...shown, rule].join(' · ');
}

/** `kasha/production/platform/data Primary  templates/systems/kasha/data.ts:48  us-east-1, ap-southeast-1`; in a folder the file says where. */
function placeOf({ where }: Finding, { folder }: CheckResult): string {
  if (folder !== undefined) {
    const root = where.template === where.environment ? undefined : `nested by ${where.environment}`;
    return [where.logicalId, where.source, root, where.regions.join(', ')].filter((part) => part !== undefined && part !== '').join('  ');
  }
  const template = addressOf({ ...where, logicalId: undefined });
  const resource = where.logicalId === undefined ? template : `${template} ${where.logicalId}`;
  const source = [where.source, where.module === undefined ? undefined : `(${where.module})`].filter((part) => part !== undefined).join(' ');
  return [resource, source, where.regions.join(', ')].filter((part) => part !== '').join('  ');
}

/** What concerns waivers themselves, or keeps rules from judging at all, can't be waived. */
function waivable({ source }: Finding): boolean {
  return source !== 'waiver' && source !== 'resolve';
}

function waiverLine({ rule, where }: Finding): string {
  return `{ rule: '${rule}', resource: '${addressOf(where)}', reason, owner, expires, because } in ${waiversFile(where.system)}`;
}

/**
 * `✖ 1 finding · 3 waived (2 HIGH, 1 LOW; 1 waiver ends within 30 days, the first in 12 days) · rules: 70 passed, 179 did not
 * apply · 22 templates in 1.2 s`.
 */
export function summaryLine(result: CheckResult): string {
  const { findings, rules, templates, seconds, tools } = result;
  const inState = (state: RuleState): number => rules.filter((rule) => rule.state === state).length;
  const ruleText = rules.length === 0 ? [] : [`rules: ${inState('passed')} passed, ${inState('did-not-apply')} did not apply`];
  const versions = Object.entries(tools).map(([tool, version]) => `${tool} ${version}`);
  return [
    `${findings.length === 0 ? '✔ no finding' : `✖ ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`}`,
    ...(result.folder === undefined ? [waivedText(result)] : []),
    ...ruleText,
    `${templates} ${templates === 1 ? 'template' : 'templates'} in ${seconds.toFixed(1)} s`,
    ...versions,
  ].join(' · ');
}

function waivedText({ waived, waivers, today }: CheckResult): string {
  const first = waivers.firstExpires;
  if (first === undefined) return 'none waived';
  const counts = severities.filter((severity) => waivers.bySeverity[severity] > 0).map((severity) => `${waivers.bySeverity[severity]} ${severity}`);
  const end = inDays(daysBetween(today, first));
  const warning = waivers.ending.length === 1 ? `1 waiver ends within ${warningDays} days` : `${waivers.ending.length} waivers end within ${warningDays} days`;
  return `${waived.length} waived (${counts.join(', ')}; ${waivers.ending.length === 0 ? `the first expires ${end}` : `${warning}, the first ${end}`})`;
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}
