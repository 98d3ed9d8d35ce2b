import { relative } from 'node:path';
import { readManifest } from '../build/manifest';
import type { Value } from '../resolve';
import { addressOf, type Finding } from './finding';
import { readManifests } from './kubernetes/checked-manifest';
import { chooseEnvironments, readTemplates } from './read-templates';
import { joinResolutions, resolveEnvironment } from './resolve-environment';
import type { Subject } from './subject';

/** Deploy-time values of a system, by parameter; a value that isn't given stays unknown, and is not judged. */
export type ParametersOf = (system: string, environment: string) => Readonly<Record<string, Value>>;

/** Which built systems to look at. */
export interface BuiltSubjectOptions {
  readonly dist: string;
  /** Emitted files are named from here. */
  readonly project: string;
  readonly systems?: readonly string[];
  readonly environments?: readonly string[];
  readonly parametersOf: ParametersOf;
}

/**
 * Reads built systems as the subject of a check.
 * @throws MeridianError with exit code 2 when nothing was built, a name is not among what was, or a template can't be read
 */
export function builtSubject({ dist, project, systems, environments, parametersOf }: BuiltSubjectOptions): Subject {
  const scope = chooseEnvironments(dist, systems, environments);
  const read = scope.map((environment) => ({ environment, templates: readTemplates(dist, environment) }));
  const templates = read.flatMap((each) => each.templates);
  const files = new Map(templates.map((template) => [addressOf({ ...template, regions: [] }), shownFile(project, template.file)]));
  return {
    scope,
    templates,
    manifests: scope.flatMap((environment) => readManifests(dist, project, environment)),
    rulesFor: (rules) => rules,
    invariantsFor: (invariants) => invariants,
    strictMetrics: true,
    notes: [],
    resolve: () => joinResolutions(read.map(({ environment: { system, environment }, templates: of }) => resolveEnvironment(readManifest(dist, system, environment), of, parametersOf(system, environment)))),
    locate: (finding) => ({ ...finding, where: { ...finding.where, emitted: files.get(templateAddress(finding)) ?? finding.where.emitted } }),
  };
}

/** A file as reports name it: from the project, or whole when it lies outside. */
function shownFile(project: string, file: string): string {
  const path = relative(project, file);
  return path.startsWith('..') ? file : path;
}

/** The address of the template that a finding is in. */
export function templateAddress({ where }: Finding): string {
  return addressOf({ ...where, logicalId: undefined });
}
