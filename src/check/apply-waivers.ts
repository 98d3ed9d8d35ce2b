import { addressOf, type Finding } from './finding';
import { waiversFile } from './load-waivers';
import type { BuiltEnvironment } from './read-templates';
import type { Waiver } from './waiver';

/** A finding that a waiver covers. */
export interface WaivedFinding {
  readonly finding: Finding;
  readonly waiver: Waiver;
}

/** Whether `*` patterns, a segment at a time, cover an address such as `kasha/production/platform/data#Primary`. */
export function patternCovers(pattern: string, address: string): boolean {
  const [patternParts, addressParts] = [pattern, address].map((text) => text.split(/[/#]/)) as [string[], string[]];
  return pattern.includes('#') === address.includes('#') && patternParts.length === addressParts.length && patternParts.every((part, index) => segmentCovers(part, addressParts[index] ?? ''));
}

/** Looks for the texts between the stars from left to right: no pattern takes long. */
function segmentCovers(pattern: string, segment: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return segment === start;
  if (segment.length < start.length + end.length || !segment.startsWith(start) || !segment.endsWith(end)) return false;
  let from = start.length;
  for (const text of rest) {
    const found = segment.slice(0, segment.length - end.length).indexOf(text, from);
    if (found < 0) return false;
    from = found + text.length;
  }
  return true;
}

/**
 * Parts findings into those that count and those that a waiver covers. An expired waiver covers nothing and is itself a
 * finding, so is one that no finding needs any more.
 * @param scope what was checked: waivers for other systems and environments are neither used nor called stale
 * @param today the last day that has not expired yet, `YYYY-MM-DD`
 * @param complete whether every step ran: only then a waiver without finding is stale
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  { scope, today, complete }: { scope: readonly BuiltEnvironment[]; today: string; complete: boolean },
): { findings: Finding[]; waived: WaivedFinding[] } {
  const inScope = waivers.filter((waiver) => scope.some((checked) => scopeCovers(waiver, checked)));
  const covers = (waiver: Waiver, finding: Finding): boolean => waiver.rule === finding.rule && patternCovers(waiver.resource, addressOf(finding.where));
  const valid = inScope.filter((waiver) => waiver.expires >= today);

  const waived: WaivedFinding[] = [];
  const counting: Finding[] = [];
  for (const finding of findings) {
    const waiver = valid.find((candidate) => covers(candidate, finding));
    if (waiver) waived.push({ finding, waiver });
    else counting.push(finding);
  }

  const expired = inScope.filter((waiver) => waiver.expires < today).map((waiver) => expiredWaiver(waiver, findings.filter((finding) => covers(waiver, finding)).length));
  const unused = valid.filter((waiver) => !findings.some((finding) => covers(waiver, finding)));
  return { findings: [...counting, ...expired, ...(complete ? unused.map(staleWaiver) : [])], waived };
}

function scopeCovers(waiver: Waiver, { system, environment }: BuiltEnvironment): boolean {
  const [systemPattern = '', environmentPattern = ''] = waiver.resource.split('/');
  return segmentCovers(systemPattern, system) && segmentCovers(environmentPattern, environment);
}

function expiredWaiver(waiver: Waiver, count: number): Finding {
  return waiverFinding(waiver, {
    rule: 'expired-waiver',
    severity: 'MEDIUM',
    what: `The waiver of ${waiver.rule} expired`,
    now: `expires ${waiver.expires}; ${count === 1 ? '1 finding is' : `${count} findings are`} back`,
    fix: count === 0 ? 'Delete the waiver: no finding needs it' : `Follow the rule, or have ${waiver.owner} set a later date with a reason that still holds`,
  });
}

function staleWaiver(waiver: Waiver): Finding {
  return waiverFinding(waiver, {
    rule: 'stale-waiver',
    severity: 'LOW',
    what: `The waiver of ${waiver.rule} covers no finding`,
    now: `resource ${waiver.resource}`,
    fix: 'Delete the waiver, or correct its rule or resource',
  });
}

function waiverFinding(waiver: Waiver, words: Pick<Finding, 'rule' | 'severity' | 'what' | 'now' | 'fix'>): Finding {
  const [address = '', logicalId] = waiver.resource.split('#');
  const [system = '', environment = '', deployment, template] = address.split('/');
  const source = system.includes('*') ? undefined : waiversFile(system);
  return { source: 'waiver', controls: [waiver.because], where: { system, environment, deployment, template, logicalId, regions: [], source }, path: '', ...words };
}
