import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { MeridianError } from '../../errors';
import { controlTowerControls, loadControlTowerMapping, requireControlTowerIds, type FrameworkMappings } from '../controls/control-tower';
import { loadRegister, requireControls } from '../controls/register';
import { severities, type Severity } from '../finding';
import { isRequirement } from '../waiver';
import { readsOf, type RuleReads } from './reads';

/** What is known of a Guard rule besides its clauses. */
export interface GuardRule extends RuleReads {
  /** Its name in the rule language, which cfn-guard reports. */
  readonly name: string;
  /** What findings and waivers call it: `CT.RDS.PR.16` for a Control Tower control, the name for a rule of ours. */
  readonly id: string;
  /** Absolute path of the rule file. */
  readonly file: string;
  readonly text: string;
  readonly title: string;
  readonly severity: Severity;
  /** Framework control ids and requirement ids, the payment card standard's first. */
  readonly controls: readonly string[];
  /** What to do, when the violation's own message doesn't say. */
  readonly fix: string;
  /** Whether it asks for something that only the systems of this catalogue have agreed on, so that templates of others need not follow it. */
  readonly ofCatalogue: boolean;
}

const ruleDeclaration = /^rule +(\w+)\s*(?:when\b|\{)/gm;

/** The one rule of a file that cfn-guard reports on; rules with arguments are only called by it. */
function ruleName(file: string, text: string): string {
  const names = new Set([...text.matchAll(ruleDeclaration)].map((match) => match[1] ?? ''));
  const [name, second] = [...names];
  if (name === undefined || second !== undefined) {
    throw new MeridianError(`Rule file ${file}: it declares ${names.size === 0 ? 'no rule' : [...names].join(' and ')}. Write exactly one "rule <name> when … {" in a file.`, 2);
  }
  return name;
}

/** The first `Fix:` of a rule of ours, for a clause that failed before it reached its message. */
function firstFix(text: string): string {
  return /Fix:\s*(.*?)\s*>>/s.exec(text)?.[1]?.replace(/\s+/g, ' ') ?? '';
}

function guardFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.guard'))
    .map((name) => join(directory, name))
    .sort();
}

const header = z.strictObject({
  Description: z.string(),
  'Reports on': z.string(),
  Controls: z.string().default(''),
  Severity: z.enum(severities),
  Requirements: z.string().default(''),
  Scope: z.literal('this catalogue').optional(),
  /** Why a template may leave out what the rule looks at. */
  Absence: z.string().optional(),
});

/** The `# Key: value` lines above a rule of ours; a value goes on in the lines indented under it. */
export function readHeader(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  let current: string | undefined;
  for (const line of text.split('\n')) {
    if (!line.startsWith('#')) break;
    const field = /^# ([A-Z][A-Za-z ]*):\s*(.*)$/.exec(line);
    if (field?.[1] !== undefined) fields[(current = field[1])] = field[2] ?? '';
    else if (current !== undefined) fields[current] = `${fields[current]} ${line.replace(/^#\s*/, '')}`.trim();
  }
  return fields;
}

/**
 * The rules of a folder of ours.
 * @throws MeridianError with exit code 2 for a file without exactly one rule, or with an incomplete header
 */
export function ownRules(directory: string): GuardRule[] {
  return guardFiles(directory).map((file) => {
    const text = readFileSync(file, 'utf8');
    const name = ruleName(relative(process.cwd(), file), text);
    const { Scenarios: _scenarios, ...fields } = readHeader(text);
    const parsed = header.safeParse(fields);
    if (!parsed.success) throw new MeridianError(`Rule file ${file}: its header is incomplete: ${z.prettifyError(parsed.error)}. Copy the header of a neighbour.`, 2, { cause: parsed.error });
    const { Description, Severity, Controls, Requirements, Scope } = parsed.data;
    const controls = [...Controls.split(','), ...Requirements.split(',')].map((control) => control.trim()).filter((control) => control !== '');
    return { name, id: name, file, text, ...readsOf(text), title: Description.replace(/\.$/, ''), severity: Severity, controls, fix: firstFix(text), ofCatalogue: Scope !== undefined };
  });
}

const controlMetadata = z.object({
  Id: z.string(),
  DisplayName: z.string(),
  Severity: z.enum(severities),
  RemediationMessage: z.string(),
  ComplianceFrameworkMappings: z.array(z.object({ ComplianceFramework: z.string(), Ids: z.array(z.string()) })).default([]),
});

/** The folder of the rule files in the package's `rules/control-tower`, where the metadata lie apart from them. */
export const controlTowerFiles = (directory: string): string => join(directory, 'cfn-guard');

/**
 * The AWS Control Tower proactive controls that @cdklabs/cdk-validator-cfnguard ships with the cfn-guard binary.
 * @param directory  the package's `rules/control-tower`
 * @param controlsOf what a control serves, given its id and what its metadata say of that
 * @see https://docs.aws.amazon.com/controltower/latest/controlreference/proactive-controls.html
 */
export function controlTowerRules(directory: string, controlsOf: (id: string, frameworks: FrameworkMappings) => readonly string[]): GuardRule[] {
  return guardFiles(controlTowerFiles(directory)).map((file) => {
    const metadataFile = join(directory, 'metadata', relative(controlTowerFiles(directory), file).replace(/\.guard$/, '.metadata.json'));
    const metadata = controlMetadata.parse(JSON.parse(readFileSync(metadataFile, 'utf8')));
    const controls = controlsOf(metadata.Id, metadata.ComplianceFrameworkMappings);
    const text = readFileSync(file, 'utf8');
    return { name: ruleName(file, text), id: metadata.Id, file, text, ...readsOf(text), title: metadata.DisplayName, severity: metadata.Severity, controls, fix: metadata.RemediationMessage, ofCatalogue: false };
  });
}

/**
 * All rules: ours and Control Tower's.
 * @param own folder of our rules; its `controls` hold the controls that they may name
 * @throws MeridianError with exit code 2 when two files declare the same rule, or one names a control that is not registered
 */
export function loadRules({ own, controlTower }: { own: string; controlTower: string }): GuardRule[] {
  const register = loadRegister(join(own, 'controls'));
  const mapping = loadControlTowerMapping(join(own, 'controls'), register);
  const ours = ownRules(own);
  for (const { name, controls } of ours) requireControls(register, `Rule ${name}`, controls.filter((control) => !isRequirement(control)));
  const theirs = controlTowerRules(controlTower, (id, frameworks) => controlTowerControls(id, frameworks, { mapping, register }));
  requireControlTowerIds(mapping, new Set(theirs.map(({ id }) => id)));
  return requireUniqueNames([...ours, ...theirs]);
}

function requireUniqueNames(rules: GuardRule[]): GuardRule[] {
  const files = new Map<string, string>();
  for (const { name, file } of rules) {
    const other = files.get(name);
    if (other !== undefined) throw new MeridianError(`Rule ${name} ambiguous: ${other} and ${file} both declare it. Rename one.`, 2);
    files.set(name, file);
  }
  return rules;
}
