import { MeridianError } from '../../errors';
import { localNestings, nestedTemplates } from '../nested-templates';
import type { FolderTemplate } from './read-folder';

/** A template that no other nests, with those that it nests. */
export interface RootTree {
  /** The root's path without its ending: `network/vpc`. It stands where a built system has its environment. */
  readonly name: string;
  readonly root: FolderTemplate;
  /** The root and everything it nests, each once. */
  readonly templates: readonly FolderTemplate[];
}

/**
 * The roots among templates, which are those that nobody nests.
 * @throws MeridianError with exit code 2 when templates nest each other in a circle, or two roots differ in their ending only
 */
export function rootTrees(templates: readonly FolderTemplate[]): RootTree[] {
  const byPath = new Map(templates.map((template) => [template.file, template]));
  for (const template of templates) refuseCircle(template, byPath);
  const nested = new Set(templates.flatMap((template) => localNestings(template).map(({ file }) => file)));
  const roots = templates.filter(({ file }) => !nested.has(file));
  const names = new Map<string, FolderTemplate>();
  return roots.map((root) => {
    const name = root.path.replace(/\.[^./]+$/, '');
    const other = names.get(name);
    if (other) throw new MeridianError(`Templates ${other.path} and ${root.path} not told apart: their names differ in the ending only. Rename one.`, 2);
    names.set(name, root);
    return { name, root, templates: [root, ...nestedTemplates(root, byPath)] };
  });
}

function refuseCircle(template: FolderTemplate, byPath: ReadonlyMap<string, FolderTemplate>): void {
  if (nestedTemplates(template, byPath).includes(template)) throw new MeridianError(`Template ${template.path} not checked: it nests itself, directly or through others. Take one of the nested stacks away.`, 2);
}
