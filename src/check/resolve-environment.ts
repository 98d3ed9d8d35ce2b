import type { Manifest } from '../build/manifest';
import { MeridianError } from '../errors';
import { resolveSystem, type Template, type Value } from '../resolve';
import type { CheckedTemplate } from './checked-template';
import { choicesOf } from './choices';
import { unresolvedFinding, type Resolution } from './subject';

/**
 * Resolves an environment as its parameters have it, and once more for each further choice that its templates leave, so that what is
 * switched off by default is judged before somebody switches it on.
 * @param parameters deploy-time values by name; one that isn't given stays unknown, and is not judged
 */
export function resolveEnvironment(manifest: Manifest, templates: readonly CheckedTemplate[], parameters: Readonly<Record<string, Value>>): Resolution {
  const roots = templates.filter(({ isRoot }) => isRoot).map(({ body }) => body as Template);
  return joinResolutions([resolveOnce(manifest, templates, parameters), ...choicesOf(roots, parameters).map((choice) => resolveOnce(manifest, templates, choice.parameters, choice.title))]);
}

/** Several resolutions as one. */
export function joinResolutions(resolutions: readonly Resolution[]): Resolution {
  return { environments: resolutions.flatMap(({ environments }) => environments), findings: resolutions.flatMap(({ findings }) => findings) };
}

function resolveOnce(manifest: Manifest, templates: readonly CheckedTemplate[], parameters: Readonly<Record<string, Value>>, choice?: string): Resolution {
  const { system, environment, shortEnvironment } = manifest;
  const templatesOf = ({ name }: { readonly name: string }): Record<string, Template> => Object.fromEntries(templates.filter(({ deployment }) => deployment === name).map(({ path, body }) => [path, body as Template]));
  try {
    const instances = resolveSystem({ manifest, parameters, templatesOf });
    return { environments: [{ system, environment, shortEnvironment, choice, instances, templates: new Map(templates.map((template) => [template.path, template])) }], findings: [] };
  } catch (error) {
    if (!(error instanceof MeridianError)) throw error;
    return { environments: [], findings: [{ ...unresolvedFinding({ system, environment }, error.message), ...(choice !== undefined && { choice }) }] };
  }
}
