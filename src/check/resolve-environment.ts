import type { Manifest } from '../build/manifest';
import { MeridianError } from '../errors';
import { resolveSystem, type Template, type Value } from '../resolve';
import type { CheckedTemplate } from './checked-template';
import { choicesOf } from './choices';
import { unresolvedFinding, type Resolution, type ResolvedEnvironment } from './subject';

/**
 * Resolves an environment as its parameters have it, and once more for each further choice that its templates leave, so that what is
 * switched off by default is judged before somebody switches it on.
 * @param parameters deploy-time values by name; one that isn't given stays unknown, and is not judged
 */
export function resolveEnvironment(manifest: Manifest, templates: readonly CheckedTemplate[], parameters: Readonly<Record<string, Value>>): Resolution {
  const roots = templates.filter(({ isRoot }) => isRoot).map(({ body }) => body as Template);
  const made = resolveOnce(manifest, templates, { parameters });
  const further = choicesOf(roots, parameters).map((choice) => resolveOnce(manifest, templates, { parameters: choice.parameters, choice: choice.title }));
  return { environments: [made, ...further].flatMap(({ environments }) => environments), findings: [made, ...further].flatMap(({ findings }) => findings) };
}

function resolveOnce(manifest: Manifest, templates: readonly CheckedTemplate[], { parameters, choice }: { readonly parameters: Readonly<Record<string, Value>>; readonly choice?: string }): Resolution {
  const { system, environment, shortEnvironment } = manifest;
  const templatesOf = ({ name }: { readonly name: string }): Record<string, Template> => Object.fromEntries(templates.filter(({ deployment }) => deployment === name).map(({ path, body }) => [path, body as Template]));
  try {
    const instances = resolveSystem({ manifest, parameters, templatesOf });
    const resolved: ResolvedEnvironment = { system, environment, shortEnvironment, instances, templates: new Map(templates.map((template) => [template.path, template])), ...(choice !== undefined && { choice }) };
    return { environments: [resolved], findings: [] };
  } catch (error) {
    if (!(error instanceof MeridianError)) throw error;
    return { environments: [], findings: [{ ...unresolvedFinding({ system, environment }, error.message), ...(choice !== undefined && { choice }) }] };
  }
}
