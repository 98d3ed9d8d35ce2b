import { MeridianError } from '../../errors';
import { suffixOf, type RolloutPart } from '../nodes';
import type { Listener } from '../progress';
import type { Target } from '../target';
import { detectDrift } from './detect-drift';
import type { DriftedResource } from './drifted-resource';

/**
 * Looks for drift before anything is rolled over it: an update sets a property back only where its template changes, and what somebody did in
 * an incident may be lost or stay unnoticed. Differences that a healthy system shows are no reason to stop.
 * @param then `block` refuses, `warn` tells the listener and goes on
 * @throws MeridianError (exit 1) naming every resource that drifted, when that blocks
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-drift.html
 */
export async function lookForDrift(target: Target, parts: readonly RolloutPart[], then: 'warn' | 'block', listener: Listener): Promise<void> {
  const reports = await Promise.all(
    parts.map((part) => {
      const { system, environment } = part.build.manifest;
      return detectDrift({ target, dist: part.build.dist, system, environment, suffix: suffixOf(part) });
    }),
  );
  const mistakes = reports.flatMap(({ drifted }) => drifted).filter(({ expectedBecause }) => expectedBecause === undefined);
  if (mistakes.length === 0) return;
  const name = parts.at(-1)!.build.name;
  if (then === 'block') {
    throw new MeridianError(
      `Rollout of ${name} refused: ${mistakes.length} ${mistakes.length === 1 ? 'resource was' : 'resources were'} changed outside CloudFormation.\n${mistakes.map((resource) => `  ${describe(resource)}\n`).join('')}` +
        `Nothing was changed. Read "meridian drift ${name}", take the changes over or bring them back with --revert, or roll with --drift warn.`,
      1,
    );
  }
  for (const resource of mistakes) listener({ type: 'note', node: resource.node, message: `Changed outside CloudFormation: ${describe(resource)}` });
}

function describe({ node, path, logicalId, type, status, differences }: DriftedResource): string {
  const what = status === 'DELETED' ? 'is gone' : differences.map(({ property }) => property.slice(1).replaceAll('/', '.')).join(', ');
  return `${[node.deployment, ...path, logicalId].join('/')} (${type}) in ${node.region}: ${what}`;
}
