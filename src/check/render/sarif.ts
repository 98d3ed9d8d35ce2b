import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from 'node-sarif-builder';
import { version } from '../../../package.json';
import type { Register } from '../controls/register';
import { addressOf, type Finding, type Severity } from '../finding';
import type { CheckResult } from '../result';
import type { Waiver } from '../waiver';
import { reportedRules, type ReportedRule } from './reported-rules';
import { relationships, taxonomies } from './sarif-taxonomies';

const levels = { CRITICAL: 'error', HIGH: 'error', MEDIUM: 'warning', LOW: 'note' } as const satisfies Record<Severity, string>;

/** The score from 0 to 10 by which code scanning sorts findings that are tagged `security`. */
const scores: Readonly<Record<Severity, string>> = { CRITICAL: '9.5', HIGH: '8.0', MEDIUM: '5.5', LOW: '2.0' };

type SarifLocation = NonNullable<SarifResultBuilder['result']['locations']>[number];

/**
 * A result as SARIF 2.1.0, for code scanning: the rules that failed or passed, each finding at the line that asked for the resource,
 * with the emitted template as a related location, and waived findings with their waiver as an accepted suppression.
 * @param register the frameworks that become taxonomies. @default none: controls are tags of their rules only
 * @returns indented JSON; equal findings give equal fingerprints from one run to the next
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(result: CheckResult, register: Register = { frameworks: [], controls: new Map() }): string {
  const run = new SarifRunBuilder({ columnKind: 'utf16CodeUnits' }).initSimple({ toolDriverName: 'Meridian', toolDriverVersion: version });
  const extensions = Object.entries(result.tools).map(([name, toolVersion]) => ({ name, version: toolVersion }));
  if (extensions.length > 0) run.run.tool.extensions = extensions;
  const rules = reportedRules(result);
  const named = taxonomies(register, new Set(rules.flatMap(({ controls }) => controls)));
  if (named.length > 0) run.run.taxonomies = named;
  for (const rule of rules) run.addRule(ruleOf(rule, register));
  for (const finding of result.findings) run.addResult(resultOf(finding));
  for (const { finding, waiver } of result.waived) run.addResult(resultOf(finding, waiver));
  const sarif = new SarifBuilder({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json' });
  sarif.addRun(run);
  return `${sarif.buildSarifJsonString({ indent: true })}\n`;
}

function ruleOf({ rule, title, severity, controls, fix, page }: ReportedRule, register: Register): SarifRuleBuilder {
  const related = relationships(register, controls);
  return new SarifRuleBuilder({
    id: rule,
    shortDescription: { text: title },
    fullDescription: { text: controls.length === 0 ? title : `${title} (${controls.join(', ')})` },
    help: { text: fix, markdown: controls.length === 0 ? fix : `${fix}\n\nServes ${controls.join(', ')}.` },
    helpUri: page,
    defaultConfiguration: { level: levels[severity] },
    ...(related.length === 0 ? {} : { relationships: related }),
    properties: { tags: [...new Set(['security', ...controls])], 'security-severity': scores[severity] },
  });
}

function resultOf(finding: Finding, waiver?: Waiver): SarifResultBuilder {
  const { rule, severity, what, now, fix, where, path, controls } = finding;
  return new SarifResultBuilder({
    ruleId: rule,
    level: levels[severity],
    message: { text: `${what}. Now: ${now}. Fix: ${fix}` },
    locations: [locationOf(finding)],
    relatedLocations: where.emitted === undefined || where.source === undefined ? undefined : [{ id: 1, ...physical(where.emitted), message: { text: `The emitted template${path === '' ? '' : `, ${path}`}` } }],
    partialFingerprints: { 'meridian/v1': createHash('sha256').update(JSON.stringify([rule, addressOf(where), path, what])).digest('hex') },
    suppressions: waiver ? [{ kind: 'external', status: 'accepted', justification: `${waiver.reason} (${waiver.because}, ${waiver.owner}, until ${waiver.expires})` }] : undefined,
    properties: { severity, source: finding.source, regions: [...where.regions], ...(controls.length === 0 ? {} : { controls: [...controls] }) },
  });
}

function locationOf({ where, path }: Finding): SarifLocation {
  const file = where.source ?? where.emitted;
  return {
    ...(file === undefined ? {} : physical(file)),
    logicalLocations: [{ fullyQualifiedName: path === '' ? addressOf(where) : `${addressOf(where)} ${path}`, kind: where.logicalId === undefined ? 'module' : 'resource' }],
  };
}

/** A file, with its line when there is one: `templates/systems/kasha/data.ts:48`. */
function physical(place: string): SarifLocation {
  const [, file = place, line] = /^(.*?)(?::(\d+))?$/.exec(place) ?? [];
  const uri = isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file);
  return { physicalLocation: { artifactLocation: { uri }, ...(line === undefined ? {} : { region: { startLine: Number(line) } }) } };
}
