import type { ExitCode } from '../errors';

/** How bad a finding is, worst first. */
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;

/** How bad a finding is. cfn-lint's errors are HIGH, its warnings MEDIUM, its informational matches LOW; a Guard rule names its own. */
export type Severity = (typeof severities)[number];

/** Which check found it. */
export type FindingSource = 'quota' | 'suppression' | 'resolve' | 'cfn-lint' | 'cfn-guard' | 'kubernetes-validate' | 'metrics' | 'invariants' | 'waiver';

/** Where a finding is: from the system down to the logical id, as far down as the finding reaches. */
export interface Where {
  readonly system: string;
  readonly environment: string;
  readonly deployment?: string;
  readonly template?: string;
  readonly logicalId?: string;
  /** The regions it was found in, sorted; the same finding in two regions is one finding. */
  readonly regions: readonly string[];
  /**
   * The line that asked for the resource: the TypeScript, `templates/systems/kasha/data.ts:48`, when the manifest knows it; in a
   * folder of templates the template's own line.
   */
  readonly source?: string;
  /** The module's line that authored it, when that is another one: `templates/modules/data/mysql.ts:31`. */
  readonly module?: string;
  /** The emitted template, from the project: `dist/kasha/production/platform/data.json`. */
  readonly emitted?: string;
}

/** One thing that is wrong, in the words a reader needs: what, where, how it is now, and how it should be. */
export interface Finding {
  readonly source: FindingSource;
  /** The rule's id, which a waiver names: `CT.RDS.PR.16`, `sqs_source_queue`, `E3002`, `quota-resources`. */
  readonly rule: string;
  /** The controls and requirement ids the rule serves: `PCI DSS 4.0.1 3.5.1`, `KSH-75`. */
  readonly controls: readonly string[];
  readonly severity: Severity;
  readonly what: string;
  readonly where: Where;
  /** The offending value as it stands. */
  readonly now: string;
  readonly fix: string;
  /** Path inside the template, `Resources/Primary/Properties/StorageEncrypted`; empty for the template as a whole. */
  readonly path: string;
  /** What the rule asks for, wherever it is broken, where the rule is not one of Guard's. */
  readonly title?: string;
  /** The page that says more: the rule's, or AWS's. */
  readonly page?: string;
  /** Values of parameters with which it was found, where they are not the environment's own; {@link mergeChoices} writes them into `now`. */
  readonly choice?: string;
}

/** The address that a waiver's `resource` is matched against: `kasha/production/platform/data#Primary`, without `#…` for a whole template. */
export function addressOf(where: Where): string {
  const segments = [where.system, where.environment, where.deployment, where.template].filter((segment) => segment !== undefined);
  return segments.join('/') + (where.logicalId === undefined ? '' : `#${where.logicalId}`);
}

/** Everything that makes two findings the same but for the region. */
function identity({ where: { regions: _regions, ...where }, ...rest }: Finding): string {
  return JSON.stringify({ ...rest, where });
}

/** Joins findings that differ in nothing but their regions, and sorts: worst first, then by address and rule. */
export function mergeRegions(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const key = identity(finding);
    const regions = [...new Set([...(merged.get(key)?.where.regions ?? []), ...finding.where.regions])].sort();
    merged.set(key, { ...finding, where: { ...finding.where, regions } });
  }
  return [...merged.values()].sort(bySeverityThenAddress);
}

/** Leaves of the findings of other parameter values those that the environment's own do not have, and says in them with which values they are found. */
export function mergeChoices(findings: readonly Finding[]): Finding[] {
  const own = findings.filter(({ choice }) => choice === undefined);
  const known = new Set(own.map(identity));
  const further = findings.flatMap(({ choice, ...finding }) => (choice === undefined || known.has(identity(finding)) ? [] : [{ ...finding, now: `${finding.now} with ${choice}` }]));
  return [...own, ...further];
}

function bySeverityThenAddress(left: Finding, right: Finding): number {
  const keyOf = (finding: Finding): string => `${severities.indexOf(finding.severity)} ${addressOf(finding.where)} ${finding.rule} ${finding.path}`;
  const [leftKey, rightKey] = [keyOf(left), keyOf(right)];
  if (leftKey === rightKey) return 0;
  return leftKey < rightKey ? -1 : 1;
}

/** The exit code of findings that no waiver covers: 1 when there is any, else 0. A tool that fails throws with code 3 instead. */
export function exitCodeOf(findings: readonly Finding[]): ExitCode {
  return findings.length > 0 ? 1 : 0;
}
