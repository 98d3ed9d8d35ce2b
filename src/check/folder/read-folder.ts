import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MeridianError } from '../../errors';
import { parseTemplate, type ParsedTemplate } from './parse-template';

/** A template found in a folder. */
export interface FolderTemplate extends ParsedTemplate {
  /** Path from the folder: `network/vpc.yaml`. */
  readonly path: string;
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
}

const endings = /\.(json|ya?ml|template)$/i;

/** Folders that hold what others wrote or tools made. */
const skipped = new Set(['node_modules', 'cdk.out', 'dist']);

/**
 * Finds the CloudFormation templates in a folder and below, by name. Other JSON and YAML is passed over; so are hidden folders and
 * `node_modules`, `cdk.out` and `dist` below the folder.
 * @param folder absolute path
 * @param shown  the folder as messages name it
 * @throws MeridianError with exit code 2 when there is no such folder, no template in it, or one that can't be parsed
 */
export function readFolder(folder: string, shown: string): FolderTemplate[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new MeridianError(`Folder ${shown} not checked: there is no such folder. Name one that holds CloudFormation templates.`, 2);
  const templates = filesBelow(folder).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const path = relative(folder, file);
    const parsed = parseTemplate(join(shown, path), text);
    return parsed ? [{ ...parsed, path, file, text }] : [];
  });
  if (templates.length === 0) throw new MeridianError(`Folder ${shown} not checked: it holds no template: no .json, .yaml, .yml or .template file with Resources. Name another folder.`, 2);
  return templates;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return entry.name.startsWith('.') || skipped.has(entry.name) ? [] : filesBelow(join(folder, entry.name));
      return entry.isFile() && endings.test(entry.name) ? [join(folder, entry.name)] : [];
    });
}
