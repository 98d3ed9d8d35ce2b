import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file below some folders with what is in it, to prove that nothing was written, changed or removed. */
export function contentsOf(...folders: readonly string[]): Readonly<Record<string, string>> {
  const filesBelow = (path: string): string[] => (!existsSync(path) ? [] : statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path]);
  return Object.fromEntries(folders.flatMap((folder) => filesBelow(folder).map((file) => [`${folder}:${relative(folder, file)}`, readFileSync(file, 'base64')])));
}
