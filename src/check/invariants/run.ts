import { whereOf } from '../checked-template';
import type { Finding } from '../finding';
import type { ResolvedEnvironment } from '../subject';
import { EnvironmentResources } from './environment-resources';
import type { Invariant, Judgement, Violation } from './invariant';

/** An environment with what every invariant came to there. */
export interface InvariantsJudged {
  readonly environment: ResolvedEnvironment;
  /** By the invariant's id. */
  readonly judgements: ReadonlyMap<string, Judgement>;
}

/** Judges an environment by invariants: no input or output, some tens of milliseconds. */
export function judgeInvariants(environment: ResolvedEnvironment, invariants: readonly Invariant[]): InvariantsJudged {
  const resources = new EnvironmentResources(environment);
  return { environment, judgements: new Map(invariants.map(({ id, judge }) => [id, judge(resources)])) };
}

/** Says every violation as a finding. */
export function invariantFindings(invariants: readonly Invariant[], judged: readonly InvariantsJudged[]): Finding[] {
  return judged.flatMap(({ environment, judgements }) =>
    invariants.flatMap((invariant) => {
      const judgement = judgements.get(invariant.id) ?? 'did-not-apply';
      return judgement === 'did-not-apply' ? [] : judgement.map((violation) => findingOf(environment, invariant, violation));
    }),
  );
}

/** What findings say an invariant serves. */
export function servedBy({ controls, requirements }: Pick<Invariant, 'controls' | 'requirements'>): string[] {
  return [...controls, ...requirements];
}

function findingOf({ system, environment, choice, templates }: ResolvedEnvironment, invariant: Invariant, { resource, property, what, now, fix = invariant.fix }: Violation): Finding {
  const template = resource && templates.get(resource.resource.file);
  const place = { system, environment, logicalId: resource?.logicalId };
  return {
    source: 'invariants',
    rule: invariant.id,
    controls: servedBy(invariant),
    severity: invariant.severity,
    what,
    where: { ...(template ? whereOf(template, resource.logicalId) : place), regions: resource ? [resource.region] : [] },
    now,
    fix,
    path: resource ? ['Resources', resource.logicalId, ...(property === undefined ? [] : ['Properties', ...property.split('.')])].join('/') : '',
    title: invariant.title,
    ...(choice !== undefined && { choice }),
  };
}
