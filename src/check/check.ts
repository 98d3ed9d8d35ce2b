import { join, resolve } from 'node:path';
import { checkout } from '../toolchain';
import { builtSubject } from './built-subject';
import type { CheckOptions } from './options';
import { requireDecisions } from './required-decisions';
import type { CheckResult } from './result';
import { runSteps } from './run-steps';

/**
 * Checks built systems: quotas, cfn-lint on the emitted templates, cfn-guard and metrics on the resolved ones, kubernetes-validate on
 * the manifests of clusters, then waivers.
 * @throws MeridianError with exit code 2 for input that can't be checked (unknown system, broken rule, waiver of a missing
 *   decision), 3 when a tool fails: what was not checked is never called clean
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { dist, waivers, systems, environments, parametersOf = () => ({}) } = options;
  const project = resolve(options.project ?? checkout);
  requireDecisions(project, waivers);
  const subject = builtSubject({ dist, project, systems, environments, parametersOf });
  return runSteps(subject, { ...options, project, store: join(project, 'node_modules', '.cache', 'meridian') });
}
