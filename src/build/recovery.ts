import { SystemIndex } from '../analyse/system-index';
import { recoveryOf, timeParts } from '../analyse/recovery';
import type { RecoveryTargets } from '../cfn';
import { resolveSystem, type Template } from '../resolve';
import type { Manifest, ManifestRecovery } from './manifest';
import { recoveryWithin } from './recovery-targets';

/**
 * How a built system recovers from the loss of its primary region, computed from the templates that are about to be written.
 * @param files   text of the templates by path from the environment's folder
 * @param targets what the system has promised
 * @throws MeridianError when it can't keep a target
 */
export function promisedRecovery(manifest: Manifest, files: ReadonlyMap<string, string>, targets: RecoveryTargets): ManifestRecovery {
  const deployments = resolveSystem({
    manifest,
    templatesOf: ({ templates }) => Object.fromEntries(Object.values(templates).map(({ file }) => [file, JSON.parse(files.get(file) ?? '{}') as Template])),
  });
  // Without a plan the promise has no promotion that anybody could rely on.
  const found = recoveryOf(new SystemIndex(deployments), { decisionMinutes: targets.decisionMinutes, promotionMinutes: Infinity });
  const recovery = recoveryWithin(`${manifest.system} ${manifest.environment}`, found, targets);
  const { readsSeconds, writesSeconds, lostSeconds, toldSeconds } = recovery;
  return { targets: { ...targets }, readsSeconds, writesSeconds, parts: [...timeParts(recovery)], lostSeconds, toldSeconds };
}
