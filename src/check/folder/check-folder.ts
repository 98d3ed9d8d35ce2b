import { join, resolve } from 'node:path';
import { checkout } from '../../toolchain';
import { contentHash } from '../cache';
import { objectsIn } from '../checked-template';
import type { StepOptions } from '../options';
import type { CheckResult } from '../result';
import { runSteps } from '../run-steps';
import { folderSubject } from './folder-subject';
import { readParameterValues, requireDeclared } from './parameter-values';
import { readFolder } from './read-folder';
import { rootTrees } from './roots';

/** What to check of CloudFormation that was not built here. */
export interface FolderOptions extends StepOptions {
  /** The folder; templates below it count too. Findings name files as it is written here. */
  readonly folder: string;
  /** A JSON or YAML file of parameter values. @default none: without a default in the template a value is unknown, and what depends on it not judged */
  readonly parametersFile?: string;
  /** The regions that the templates are for. @default us-east-1, which has the most resource types */
  readonly regions?: readonly string[];
  /** The day of the check, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Checks somebody's templates, JSON or YAML, nested or not, as built systems are checked: quotas, cfn-lint, the rules of `rules/`
 * and of Control Tower, and metrics. Findings name file and line.
 *
 * It leaves out what only this catalogue has agreed on: rules whose header says `Scope: this catalogue` (our four tags, our two
 * regions), waivers, and metrics or names that may well exist elsewhere.
 * @throws MeridianError with exit code 2 for a folder without templates, a template that can't be parsed, nested stacks in a circle,
 *   and parameter values that can't be read or that no template declares; 3 when a tool fails
 */
export async function checkFolder(options: FolderOptions): Promise<CheckResult> {
  const { folder, parametersFile, regions = ['us-east-1'], today } = options;
  const project = resolve(options.project ?? checkout);
  const trees = rootTrees(readFolder(resolve(folder), folder));
  const values = parametersFile === undefined ? {} : readParameterValues(parametersFile);
  requireDeclared(parametersFile ?? '', values, trees.flatMap(({ root }) => objectsIn(root.body['Parameters']).map(([name]) => name)));
  const subject = folderSubject({ shown: folder, trees, regions: [...regions].sort(), values });
  const store = join(project, 'node_modules', '.cache', 'meridian', 'folders', contentHash(resolve(folder)).slice(0, 12));
  return { folder, ...(await runSteps(subject, { ...options, project, store, waivers: [], today })) };
}
