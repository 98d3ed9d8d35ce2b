import { basename, join, normalize } from 'node:path';
import { MeridianError } from '../../errors';
import { resolveInstance, type Template } from '../../resolve';
import { objectsIn, type CheckedTemplate } from '../checked-template';
import { templateAddress } from '../built-subject';
import { addressOf, type Finding } from '../finding';
import { unresolvedFinding, type Resolution, type ResolvedEnvironment, type Subject } from '../subject';
import { isRequirement } from '../waiver';
import type { ParameterValues } from './parameter-values';
import type { FolderTemplate } from './read-folder';
import type { RootTree } from './roots';

/** What a folder's subject is made of. */
export interface FolderSubjectOptions {
  /** The folder, as findings name its files. */
  readonly shown: string;
  readonly trees: readonly RootTree[];
  readonly regions: readonly string[];
  readonly values: ParameterValues;
}

/** A template as it is checked below one root. */
interface PlacedTemplate {
  readonly checked: CheckedTemplate;
  readonly from: FolderTemplate;
}

/**
 * Makes a folder's templates the subject of a check. Each root stands for an environment: what it nests is resolved with what it passes.
 * Templates that a macro or SAM must transform first are linted, and named in a note: nobody can tell here what they become.
 */
export function folderSubject({ shown, trees, regions, values }: FolderSubjectOptions): Subject {
  const system = basename(normalize(shown).replace(/\/$/, '')) || 'folder';
  const placed = trees.map((tree) => ({ tree, templates: tree.templates.map((from) => place(system, tree, from, regions)) }));
  const everywhere = placed.flatMap(({ templates }) => templates);
  const byAddress = new Map(everywhere.map((each) => [addressOf({ ...each.checked, regions: [] }), each]));
  const transformed = new Set(trees.filter(({ templates }) => templates.some(({ body }) => usesTransform(body))));
  return {
    scope: trees.map(({ name }) => ({ system, environment: name })),
    templates: [...new Map(everywhere.map(({ checked }) => [checked.file, checked])).values()],
    rulesFor: (rules) => rules.filter(({ ofCatalogue }) => !ofCatalogue).map((rule) => ({ ...rule, controls: rule.controls.filter((control) => !isRequirement(control)) })),
    invariantsFor: (invariants) => invariants.filter(({ ofCatalogue }) => !ofCatalogue).map((invariant) => ({ ...invariant, requirements: [] })),
    strictMetrics: false,
    notes: [...transformed].map(({ root }) => `${join(shown, root.path)}: linted only: what its transform or macro makes of it is known in AWS alone, so neither rules nor metrics were judged`),
    resolve: () => resolveTrees(system, placed.filter(({ tree }) => !transformed.has(tree)), regions, values),
    locate: (finding) => atLine(finding, byAddress.get(templateAddress(finding)), shown),
  };
}

/** `sources` stay empty: {@link atLine} knows the line of every finding. */
function place(system: string, { name, root }: RootTree, from: FolderTemplate, regions: readonly string[]): PlacedTemplate {
  const { path, file, text, body } = from;
  const template = path.replace(/\.[^./]+$/, '');
  return { from, checked: { system, environment: name, template, path, file, text, body, isRoot: from === root, regions, sources: {} } };
}

function usesTransform(body: FolderTemplate['body']): boolean {
  return body['Transform'] !== undefined || JSON.stringify(body).includes('"Fn::Transform"');
}

function resolveTrees(system: string, placed: readonly { readonly tree: RootTree; readonly templates: readonly PlacedTemplate[] }[], regions: readonly string[], values: ParameterValues): Resolution {
  const environments: ResolvedEnvironment[] = [];
  const findings: Finding[] = [];
  for (const { tree, templates } of placed) {
    const scope = { system, environment: tree.name };
    try {
      const instances = regions.map((region) => ({ deployment: tree.name, region, instance: resolveTree(system, tree, region, values) }));
      environments.push({ ...scope, instances, templates: new Map(templates.map(({ checked }) => [checked.path, checked])) });
    } catch (error) {
      if (!(error instanceof MeridianError)) throw error;
      const finding = unresolvedFinding(scope, error.message);
      findings.push({ ...finding, where: { ...finding.where, template: tree.name } });
    }
  }
  return { environments, findings };
}

function resolveTree(system: string, { name, root, templates }: RootTree, region: string, values: ParameterValues): ReturnType<typeof resolveInstance> {
  const asResolved = ({ body }: FolderTemplate): Template => body as Template;
  const declared = objectsIn(root.body['Parameters']).map(([parameter]) => parameter);
  return resolveInstance({
    root: asResolved(root),
    file: root.path,
    templates: Object.fromEntries(templates.map((template) => [template.path, asResolved(template)])),
    parameters: Object.fromEntries(Object.entries(values).filter(([parameter]) => declared.includes(parameter))),
    region,
    id: `${system}/${name}/${region}`,
  });
}

/** A finding with the file and line of the template; the path is the authored one as far as resolving left it. */
function atLine(finding: Finding, placed: PlacedTemplate | undefined, shown: string): Finding {
  if (!placed) return finding;
  const { from } = placed;
  return { ...finding, where: { ...finding.where, source: `${join(shown, from.path)}:${from.lineOf(finding.path)}` } };
}
